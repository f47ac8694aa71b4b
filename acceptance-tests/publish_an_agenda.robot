*** Settings ***
Documentation       A coordinator registers a meeting, its document is approved, the agenda is published.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${TITLE}            Họp rà soát tiến độ chuyển đổi số
${MEETING}          ${EMPTY}
${DOCUMENT}         ${EMPTY}


*** Test Cases ***
A Coordinator Drafts A Meeting
    [Tags]    rule:BD-3.1.a    rule:BD-3.2    rule:NA-7
    I Am    daumoi
    Go To    ${URL}/@@new-meeting
    No Barriers Here
    Select Options By    css=[name="form.widgets.host_unit:list"], [name="form.widgets.host_unit"]    text    Ủy ban nhân dân tỉnh Hải Sơn
    Nothing Spills Over Sideways
    Fill Text    css=[name="form.widgets.title"]    ${TITLE}
    Fill Text    css=[name="form.widgets.content"]    Tiến độ chuyển đổi số quý IV
    Fill Text    css=[name="form.widgets.purpose"]    Chỉ đạo, tháo gỡ khó khăn
    Go On
    ${tomorrow}=    Day From Now    1
    Set Moment    start    ${tomorrow}    08:00
    Set Moment    end    ${tomorrow}    07:00
    Go On
    The Page Says    Thời gian kết thúc phải sau thời gian bắt đầu
    Set Moment    end    ${tomorrow}    09:30
    Choose    rooms    phong hop so 1
    Go On
    Choose    chair    nguyen van binh
    Choose    secretary    vo minh khoa
    Choose    approver    tran hoang lan
    Choose    participants    pham quang dung
    Close The Guide
    The State Is    ${TITLE}
    ${address}=    Address Of This Page
    VAR    ${MEETING}    ${address}    scope=SUITE

Too Late Is Told With The Article
    [Tags]    rule:BD-6.1/1
    I Am    daumoi
    Go To    ${MEETING}
    Do    register
    The Page Says    Điều 6 khoản 1

Registered In Time It Goes To The Administrator
    [Tags]    rule:BD-6.2
    I Am    daumoi
    Go To    ${MEETING}/edit
    ${day}=    Day From Now    9
    Set Moment    start    ${day}    08:00
    Set Moment    end    ${day}    09:30
    Click    css=.hs-form__actions .hs-btn--primary
    Open Dialog For    add_item
    Fill Text    css=#hs-do-add-item [name="title"]    Báo cáo tiến độ các nhiệm vụ
    Send Dialog    hs-do-add-item
    The Page Says    Báo cáo tiến độ các nhiệm vụ
    Go To    ${MEETING}
    Do    register
    The State Is    Đã đăng ký
    No Barriers Here
    A Mail Has Come To    quantri-donvi@${DOMAIN}    ${TITLE}

The Coordinator Hands In A Document
    I Am    daumoi
    Go To    ${MEETING}/@@add-document
    No Barriers Here
    Upload File By Selector    id=many-files    ${FILES}/bao-cao.pdf
    Wait For Elements State    css=#upload-list form    visible
    Fill Text    css=#upload-list [name="title"]    Báo cáo tiến độ quý IV
    Fill Text    css=#upload-list [name="doc_number"]    77/BC-TH
    Select Options By    css=#upload-list [name="classification"]    value    none
    Click    id=upload-go
    Wait For Elements State    css=#upload-list a[href*="${{$MEETING.rpartition('/')[2]}}"] >> nth=0    visible
    Go To    ${MEETING}
    Click    css=a.hs-tag >> text=77/BC-TH
    Wait Until Keyword Succeeds    120s    3s    Pages Are There
    ${address}=    Address Of This Page
    VAR    ${DOCUMENT}    ${address}    scope=SUITE
    Do    document.submit
    The Page Says    Chờ
    A Mail Has Come To    lanhdao@${DOMAIN}    Chờ phê duyệt: Báo cáo tiến độ quý IV

The Administrator Schedules But Cannot Publish Before The Approval
    [Tags]    rule:BD-6.3/1
    I Am    quantri-donvi
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch
    The Page Says    Điều 6 khoản 3

The Approver Approves Beside The Document
    [Tags]    rule:BD-6.3/2
    I Am    lanhdao
    Go To    ${DOCUMENT}/approve
    No Barriers Here
    Click    id=approve-button
    Wait For Elements State    id=approve-button    detached
    Go To    ${DOCUMENT}/approve
    The Page Says    Trần Hoàng Lan

The Agenda Is Published And Everybody Is Told
    [Tags]    rule:BD-7/1
    I Am    quantri-donvi
    Go To    ${MEETING}
    Do    convene
    The State Is    Đã mời
    No Barriers Here
    A Mail Has Come To    daibieu@${DOMAIN}    ${TITLE}
    I Am    daibieu
    Go To    ${MEETING}
    The Page Says    77/BC-TH
    No Barriers Here

