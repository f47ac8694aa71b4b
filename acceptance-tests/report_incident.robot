*** Settings ***
Documentation       Somebody in a meeting reports an incident on a tablet; the unit administrator resolves it.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${WHAT}             Micro bàn chủ tọa không có tiếng
${INCIDENT}         ${EMPTY}


*** Test Cases ***
A Secretary Reports From A Tablet
    [Tags]    rule:BD-12.3.dd
    I Am    thuky    width=820    height=1180
    Click    css=.hs-who summary
    Click    css=.hs-menu a[href$="@@report-incident"]
    No Barriers Here
    Nothing Spills Over Sideways
    Click    css=.hs-choices label:has(input[value="sound"])
    Fill Text    css=textarea[name="what"]    ${WHAT}
    Click    css=.hs-form__actions .hs-btn--primary
    Wait For Elements State    css=.hs-pagehead h1 >> text=${WHAT}    visible
    The Page Says    Đã báo ngay cho
    No Barriers Here
    Nothing Spills Over Sideways
    ${address}=    Get Url
    VAR    ${INCIDENT}    ${address}    scope=SUITE

The Keyboard Is Enough
    I Am    thuky    width=820    height=1180
    Go To    ${URL}/@@report-incident
    Focus    css=input[name="kind"]:checked
    Keyboard Key    press    ArrowUp
    Keyboard Key    press    Tab
    Keyboard Input    type    Bàn phím
    ${typed}=    Evaluate JavaScript    ${None}    () => document.querySelector('textarea[name=what]').value
    Should Be Equal    ${typed}    Bàn phím

The Administrator Finds It And Resolves It
    I Am    quantri-donvi
    The Page Says    ${WHAT}
    Go To    ${INCIDENT}
    Do    take
    The Page Says    Đang xử lý
    Click    css=[data-hs-open="hs-do-resolve"]
    Fill Text    css=#hs-do-resolve textarea[name="resolution"]    Đã thay pin
    Fill Text    css=#hs-do-resolve input[name="interruption"]    5
    Click    css=#hs-do-resolve footer .hs-btn--primary
    Wait For Elements State    css=.hs-pagehead >> text=Đã xử lý    visible
    The Page Says    Đã thay pin

A Stranger Sees Nothing Of It
    I Am    nguoingoai
    I Am Refused At    ${INCIDENT}
