*** Settings ***
Documentation       The secretary drafts the minutes, the chair approves, the clerk numbers and issues.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${MEETING}          ${EMPTY}
${MINUTES}          ${EMPTY}


*** Test Cases ***
The Chair Ends The Meeting
    I Am    chutri
    Go To    ${URL}/@@start
    Click    css=a[href*="/ung-pho-bao"] >> nth=0
    ${address}=    Address Of This Page
    VAR    ${MEETING}    ${address}    scope=SUITE
    The State Is    Đang họp
    Do    end
    The State Is    Đã kết thúc

The Secretary Drafts From What Is Known
    [Tags]    rule:BD-3.1.d    rule:BD-10.1/1
    I Am    thuky
    Go To    ${MEETING}
    Do    draft_minutes
    Wait For Elements State    css=.hs-record, .hs-form    visible
    ${address}=    Address Of This Page
    VAR    ${MINUTES}    ${address}    scope=SUITE
    Go To    ${MINUTES}
    The Page Says    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    The Page Says    Nguyễn Văn Bình
    No Barriers Here
    Do    submit
    The Page Does Not Say    Trình chủ trì

The Chair Approves
    I Am    chutri
    Go To    ${MINUTES}
    Do    approve
    Wait For Load State    networkidle
    Get Element Count    css=form:has(input[name="verb"][value="approve"])    ==    0

The Clerk Numbers And Issues
    I Am    vanthu
    Go To    ${MINUTES}
    Click    css=button[data-hs-open="record-issue"]
    Send Dialog    record-issue
    Wait For Load State    networkidle
    Get Text    css=.hs-record__number    matches    \\d\\d+/BB-
    A Mail Has Come To    lanhdao@${DOMAIN}    Đã ban hành: Biên bản

The Delegates Read It, Nobody Changes It
    I Am    daibieu
    Go To    ${MINUTES}
    The Page Says    BIÊN BẢN
    No Barriers Here
    I Am    thuky
    I Am Refused At    ${MINUTES}/edit
