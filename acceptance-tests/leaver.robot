*** Settings ***
Documentation       Somebody retires: the account closes, and the browser that was open is out at once.
Resource            resources/hopso.resource
Resource            resources/accounts.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Test Cases ***
The Open Session Of A Leaver Ends At Once
    [Tags]    rule:BD-4.3.b
    I Am    cctl-chuyenvien
    ${leaver}=    Get Context Ids    ACTIVE    ACTIVE
    Go To    ${URL}/@@start
    The Page Says    Tăng Quốc Bảo
    I Am    snnmt-quantri
    ${administrator}=    Get Context Ids    ACTIVE    ACTIVE
    Go To    ${URL}/don-vi/ubnd/snnmt/snnmt-tl/@@account?user=cctl-chuyenvien
    Click    css=details.hs-more > summary
    Click    css=button[data-hs-open="hs-do-disable"]
    Select Options By    id=hs-do-disable-event    value    retirement
    Fill Text    id=hs-do-disable-decision    88/QĐ-SNNMT
    ${day}=    Day From Now    -1
    Fill Text    id=hs-do-disable-decided_on    ${day}
    Send Dialog    hs-do-disable
    Wait For Elements State    css=.hs-pagehead .hs-tag--bad    visible
    The Page Says    88/QĐ-SNNMT
    No Barriers Here
    Switch Context    ${leaver}[0]
    Reload
    Wait For Elements State    css=input[name="__ac_name"]    visible

A Leaver Does Not Come In Again
    New Context    locale=vi-VN    timezoneId=Asia/Ho_Chi_Minh
    New Page    ${URL}/login
    Fill Text    input[name="__ac_name"]    cctl-chuyenvien
    Fill Secret    input[name="__ac_password"]    $PASSWORD
    Click    css=form#login-form [type=submit] >> nth=0
    Wait For Load State    networkidle
    Get Element Count    css=.hs-who    ==    0

The List Of Those Who Have Left Is Empty
    I Am    snnmt-quantri
    Open The Accounts Of    ubnd/snnmt
    The Page Says    Không còn tài khoản nào của người đã nghỉ việc đang mở
