*** Settings ***
Documentation       The weekly briefing: a series with one moved meeting, and a change of all that follow.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${TITLE}            Giao ban tuần của Văn phòng
${HOST}             Ủy ban nhân dân tỉnh Hải Sơn
${MEETING}          ${EMPTY}
${SERIES}           ${EMPTY}


*** Test Cases ***
A Coordinator Takes The Guide On A Tablet
    [Tags]    rule:NA-7    rule:BD-6.2
    I Am    daumoi    820    1100
    Go To    ${URL}/@@new-meeting
    Nothing Spills Over Sideways
    No Barriers Here
    Select Options By    css=[name="form.widgets.host_unit:list"], [name="form.widgets.host_unit"]    text    ${HOST}
    Fill Text    css=[name="form.widgets.title"]    ${TITLE}
    Fill Text    css=[name="form.widgets.content"]    Tình hình tuần qua, nhiệm vụ tuần tới
    Fill Text    css=[name="form.widgets.purpose"]    Chỉ đạo, điều hành
    Select Options By    css=select[name^="form.widgets.meeting_type"]    value    briefing
    Go On
    Nothing Spills Over Sideways
    No Barriers Here
    ${url}=    Get Url
    ${meeting}=    Evaluate    $url.rpartition('/@@')[0]
    VAR    ${MEETING}    ${meeting}    scope=SUITE

Too Late Is Told While One Still Can Choose
    [Tags]    rule:BD-6.1/1    rule:HN-P4/3
    I Am    daumoi    820    1100
    Go To    ${MEETING}/@@guide-when
    The Page Says    Khoản 2 Điều 7 Quyết định 45/2018/QĐ-TTg
    ${tomorrow}=    Day From Now    1
    Set Moment    start    ${tomorrow}    08:00
    Keyboard Key    press    Tab
    Wait For Elements State    css=[data-hs-clocks-here] .hs-tag--bad >> nth=0    visible
    Click    css=[data-hs-take-day]
    Wait For Elements State    css=[data-hs-clocks-here] .hs-tag--bad >> nth=0    detached
    ${monday}=    A Monday Ahead
    Set Moment    start    ${monday}    08:00
    Set Moment    end    ${monday}    09:00
    Go On

Nothing Typed Is Lost On The Way Back
    I Am    daumoi    820    1100
    Go To    ${MEETING}/@@guide-who
    Choose    chair    nguyen van binh
    Click    css=.hs-guide button[name="form.buttons.to_what"]
    Wait For Load State    networkidle
    Get Text    css=#completeness    contains    đã có
    Click    css=.hs-guide button[name="form.buttons.to_who"]
    Wait For Load State    networkidle
    The Page Says    Nguyễn Văn Bình
    Choose    secretary    vo minh khoa
    Choose    participants    pham quang dung
    Go On
    No Barriers Here
    Select Options By    css=select[name^="form.widgets.classification"]    value    none
    Go On
    No Barriers Here
    Nothing Spills Over Sideways
    The Page Says    ${TITLE}
    Go To    ${URL}/@@my-drafts
    The Page Says    ${TITLE}
    No Barriers Here

A Meeting Becomes A Series
    I Am    daumoi
    Go To    ${MEETING}/edit
    Choose    rooms    phong hop so 1
    Click    css=.hs-form__actions .hs-btn--primary
    Wait For Load State    networkidle
    Go To    ${MEETING}/@@make-series
    No Barriers Here
    Nothing Spills Over Sideways
    Fill Text    id=series-count    4
    Keyboard Key    press    Tab
    Wait For Elements State    css=#series-preview .hs-count    visible
    Click    css=#hs-make-series .hs-btn--primary
    Wait For Elements State    css=table.hs-table    visible
    Get Element Count    css=table.hs-table tbody tr    >=    3
    No Barriers Here
    ${address}=    Address Of This Page
    VAR    ${SERIES}    ${address}    scope=SUITE

All Are Handed In Together
    I Am    daumoi
    Go To    ${SERIES}
    Open Dialog For    register
    Send Dialog    hs-do-register
    Wait For Elements State    id=outcome    visible
    The Page Says    Đã đăng ký

One Is Moved And Stays In The Series
    I Am    daumoi
    Go To    ${SERIES}
    ${second}=    Get Attribute    css=table.hs-table tbody tr:nth-child(2) td a    href
    Go To    ${second}/edit
    ${day}=    Get Property    css=input[name="form.widgets.start-date"]    value
    Set Moment    start    ${day}    14:00
    Set Moment    end    ${day}    15:00
    Click    css=.hs-form__actions .hs-btn--primary
    Wait For Load State    networkidle
    The Page Says    Đã dời
    Go To    ${SERIES}
    Get Text    css=table.hs-table tbody tr:nth-child(2)    contains    Đã dời

This And All Following Change, The Moved One Keeps Its Time
    I Am    daumoi
    Go To    ${SERIES}
    Click    css=table.hs-table tbody tr:nth-child(2) button[data-hs-open="hs-do-change-following"]
    Wait For Elements State    id=hs-do-change-following    visible
    Fill Text    css=#hs-do-change-following [name="clock"]    09:30
    Send Dialog    hs-do-change-following
    Wait For Elements State    id=outcome    visible
    Get Text    css=table.hs-table tbody tr:nth-child(1)    contains    08:00
    Get Text    css=table.hs-table tbody tr:nth-child(2)    contains    14:00
    Get Text    css=table.hs-table tbody tr:nth-child(3)    contains    09:30
    Set Viewport Size    360    740
    Nothing Spills Over Sideways
    No Barriers Here


*** Keywords ***
A Monday Ahead
    [Documentation]    A Monday in three to four weeks.
    ${day}=    Evaluate    (lambda d: (d + datetime.timedelta(days=28 - d.weekday())).strftime('%d/%m/%Y'))(datetime.date.today())    modules=datetime
    RETURN    ${day}
