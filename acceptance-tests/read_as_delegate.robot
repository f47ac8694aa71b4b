*** Settings ***
Documentation       A delegate reads the papers on a tablet; somebody of another unit is refused.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${MEETING}          ${URL}/don-vi/ubnd/hop
${DOCUMENT}         ${EMPTY}
${PICTURE}          ${EMPTY}


*** Test Cases ***
A Delegate Finds The Meeting And Answers
    I Am    daibieu    820    1180
    Go To    ${URL}/@@start
    No Barriers Here
    Click    css=a[href*="/giao-ban-tuan"] >> nth=0
    ${address}=    Address Of This Page
    VAR    ${MEETING}    ${address}    scope=SUITE
    The State Is    Đã mời
    Get Element Count    css=#edit-bar, .plone-toolbar, #edit-zone    ==    0
    Do    answer
    The Page Says    Dự họp
    No Barriers Here
    Nothing Spills Over Sideways

A Delegate Reads Page By Page
    [Tags]    rule:BD-3.1.b
    I Am    daibieu    820    1180
    Go To    ${MEETING}
    Click    css=a.hs-tag >> text=742/BC-STC
    Wait Until Keyword Succeeds    180s    3s    Pages Are There
    ${picture}=    Get Attribute    css=.hs-rd-page img[src] >> nth=0    src
    VAR    ${PICTURE}    ${picture}    scope=SUITE
    No Barriers Here
    Click    id=rd-find
    Keyboard Input    type    giai ngan
    Wait For Elements State    css=#find mark >> nth=0    visible
    ${address}=    Address Of This Page
    VAR    ${DOCUMENT}    ${address}    scope=SUITE

A Paper Handed Out At The Meeting Is Only Named
    [Tags]    rule:BD-7/2
    I Am    daibieu
    Go To    ${MEETING}
    The Page Says    Tài liệu phát trực tiếp

An Outsider Is Refused Everywhere
    I Am    nguoingoai
    FOR    ${address}    IN    ${MEETING}    ${MEETING}/@@people    ${MEETING}/@@agenda    ${DOCUMENT}/view
    ...    ${DOCUMENT}/@@download    ${DOCUMENT}/@@conversion    ${DOCUMENT}/@@page-texts?from=1&to=2    ${PICTURE}
        I Am Refused At    ${address}
    END
    Go To    ${URL}/luu-tru?q=giai+ngan
    The Page Does Not Say    742/BC-STC
    Go To    ${URL}/@@meetings
    The Page Does Not Say    Giao ban Ủy ban nhân dân tỉnh

A Stranger Gets The Login Form
    Nobody Is Logged In
    Go To    ${MEETING}
    Wait For Elements State    css=input[name="__ac_name"]    visible
    No Barriers Here

