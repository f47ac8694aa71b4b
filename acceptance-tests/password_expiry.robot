*** Settings ***
Documentation       A password that is too old must be changed before anything else; then it works.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${NEW}              Song-Kon#2026-Moi


*** Test Cases ***
An Expired Password Must Be Changed First
    [Tags]    rule:BD-4.5/2
    Nobody Is Logged In
    Go To    ${URL}/login?came_from=${URL}/@@meetings
    Fill Text    id=__ac_name    snv-cchc
    Fill Secret    id=__ac_password    $PASSWORD
    Click    id=buttons-login
    The Page Says    Mật khẩu đã hết thời hạn sử dụng
    No Barriers Here
    Nothing Spills Over Sideways
    Go To    ${URL}/@@start
    The Page Says    Đặt mật khẩu mới
    Send New Password    ${NEW}    ${NEW}x
    The Page Says    không giống nhau
    Send New Password    ngan    ngan
    The Page Says    Ít nhất 9 ký tự
    No Barriers Here
    Send New Password    ${NEW}    ${NEW}
    Wait For Elements State    css=.hs-who    visible
    Go To    ${URL}/@@my-account
    The Page Says    Tài khoản của tôi
    No Barriers Here
    Nothing Spills Over Sideways

The New Password Works And The Old One Does Not
    Nobody Is Logged In
    Go To    ${URL}/login
    Fill Text    id=__ac_name    snv-cchc
    Fill Secret    id=__ac_password    $PASSWORD
    Click    id=buttons-login
    The Page Says    không đúng
    No Barriers Here
    Fill Secret    id=__ac_password    $NEW
    Click    id=buttons-login
    Wait For Elements State    css=.hs-who    visible


*** Keywords ***
Send New Password
    [Arguments]    ${first}    ${second}
    Fill Secret    id=current    $PASSWORD
    Fill Secret    id=password    $first
    Fill Secret    id=again    $second
    Click    css=#continue-form button[type=submit]
