*** Settings ***
Documentation       Somebody in a running meeting asks for help on a phone; who prepares the meeting helps.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${WHAT}             Không nghe rõ điểm cầu Bến Sao
${PAGE}             ${EMPTY}


*** Test Cases ***
A Secretary Asks
    [Tags]    rule:BD-9.2/1
    I Am    thuky    width=360    height=760
    Go To    ${URL}/@@meetings?period=all&state=in_session
    Click    css=.hs-main a[href*="/hop/"] >> nth=0
    Click    css=section[aria-labelledby="hs-help-title"] a[href$="@@help"]
    Click    css=.hs-choices label:has(input[value="sound"])
    Fill Text    id=hs-help-text    ${WHAT}
    Fill Text    id=hs-help-seat    Hàng 2
    No Barriers Here
    Nothing Spills Over Sideways
    Click    css=form:has(#hs-help-text) button[type=submit]
    Wait For Elements State    css=.hs-row >> text=${WHAT}    visible
    ${address}=    Get Url
    VAR    ${PAGE}    ${address}    scope=SUITE

Who Prepares The Meeting Helps
    [Tags]    rule:BD-9.3
    I Am    daumoi
    Get Text    id=hs-help-wanted    contains    ${WHAT}
    Go To    ${PAGE}
    Click    css=.hs-row:has-text("${WHAT}") >> css=form:has(input[value="take_help"]) button
    Wait For Elements State    css=.hs-row:has-text("${WHAT}") >> text=Đang xử lý    visible
    Click    css=.hs-row:has-text("${WHAT}") >> css=form:has(input[value="solve_help"]) button
    Wait For Elements State    css=.hs-row:has-text("${WHAT}") >> text=Đã giải quyết    visible
    Wait For Load State    networkidle
    No Barriers Here

A Stranger Gets Nothing
    I Am    nguoingoai
    I Am Refused At    ${PAGE}
