*** Settings ***
Documentation       A leader approves one document and returns another with a comment on a page.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${DOCUMENT}         ${EMPTY}


*** Test Cases ***
The Start Page Says What Waits
    I Am    lanhdao
    Go To    ${URL}/@@start
    The Page Says    Chờ phê duyệt
    No Barriers Here
    Nothing Spills Over Sideways

A Document Is Returned With A Comment
    [Tags]    rule:BD-6.3/1
    I Am    lanhdao
    Go To    ${URL}/@@start
    Click    css=a[href$="/approve"] >> nth=0
    Wait For Elements State    id=decision    visible
    No Barriers Here
    ${address}=    Address Of This Page
    VAR    ${DOCUMENT}    ${address.removesuffix('/approve')}    scope=SUITE
    Click    css=#return > summary
    Click    css=#return button
    Wait For Elements State    id=return-comment    visible
    Fill Text    id=return-comment    Đề nghị bổ sung số liệu tháng 11.
    Fill Text    id=return-page    1
    Click    css=#return button
    Wait For Elements State    id=approve-button    detached
    Go To    ${DOCUMENT}/approve
    The Page Says    Đề nghị bổ sung số liệu tháng 11.
    Get Element Count    id=approve-button    ==    0

Handed In Again It Is Approved
    [Tags]    rule:BD-6.3/1
    I Am    daumoi
    Go To    ${DOCUMENT}
    The Page Says    Đề nghị bổ sung số liệu tháng 11.
    Do    document.submit
    I Am    lanhdao
    Go To    ${URL}/@@start
    Click    css=a[href$="/approve"] >> nth=0
    Wait Until Keyword Succeeds    120s    3s    The Decision Is Possible
    No Barriers Here
    Click    id=approve-button
    Wait For Elements State    id=approve-button    detached
    Go To    ${DOCUMENT}/approve
    The Page Says    Đã duyệt
    Get Element Count    id=approve-button    ==    0

Nobody Else Decides
    I Am    daumoi
    Go To    ${URL}/@@start
    Get Element Count    css=a[href$="/approve"]    ==    0

It Fits On A Tablet
    I Am    lanhdao    820    1180
    Go To    ${URL}/@@start
    Nothing Spills Over Sideways
    No Barriers Here


*** Keywords ***
The Decision Is Possible
    Reload
    Get Element States    id=approve-button    contains    enabled
