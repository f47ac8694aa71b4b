*** Settings ***
Documentation       Somebody sets up one-time codes and from then on needs one at every login.
Resource            resources/hopso.resource
Library             otp.py
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${WHO}              snv-phogiamdoc
${KEY}              ${EMPTY}
${RECOVERY}         ${EMPTY}


*** Test Cases ***
Codes Are Set Up With A Code
    [Tags]    rule:BD-12.3.b/1
    I Am    ${WHO}
    Go To    ${URL}/@@my-account
    Click    css=button[name=begin]
    No Barriers Here
    ${key}=    Get Text    id=otp-key
    VAR    ${KEY}    ${key}    scope=SUITE
    Fill Text    id=code    000000
    Click    css=button[name=confirm]
    The Page Says    Mã không khớp
    ${code}=    Code For    ${KEY}    -1
    Fill Text    id=code    ${code}
    Click    css=button[name=confirm]
    The Page Says    Mã dự phòng
    Get Element Count    css=.hs-codes li    ==    10
    No Barriers Here
    ${recovery}=    Get Text    css=.hs-codes li code >> nth=0
    VAR    ${RECOVERY}    ${recovery}    scope=SUITE

A Login Then Takes A Code
    [Tags]    rule:BD-12.3.b/1
    Give Name And Password
    The Page Says    Mã dùng một lần
    No Barriers Here
    Nothing Spills Over Sideways
    Go To    ${URL}/@@meetings
    The Page Says    Mã dùng một lần
    Send Code    123456
    The Page Says    Mã không đúng
    ${code}=    Code For    ${KEY}
    Send Code    ${code}
    Wait For Elements State    css=.hs-who    visible

A Recovery Code Opens Once
    Give Name And Password
    Send Code    ${RECOVERY}
    Wait For Elements State    css=.hs-who    visible
    Give Name And Password
    Send Code    ${RECOVERY}
    The Page Says    Mã không đúng


*** Keywords ***
Give Name And Password
    Nobody Is Logged In
    Go To    ${URL}/login
    Fill Text    id=__ac_name    ${WHO}
    Fill Secret    id=__ac_password    $PASSWORD
    Click    id=buttons-login
    Wait For Elements State    id=code    visible

Send Code
    [Arguments]    ${code}
    Fill Text    id=code    ${code}
    Click    css=#continue-form button[type=submit]
