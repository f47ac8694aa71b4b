*** Settings ***
Documentation       A person goes to another unit by decision; the new unit gives the functions.
Resource            resources/hopso.resource
Resource            resources/accounts.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Test Cases ***
The Old Unit Transfers By Decision
    [Tags]    rule:BD-4.3.a
    I Am    stc-quantri
    Create An Account    ubnd/stc    Lều Văn Chuyển    chuyen.lv@haison.example    chuyenlv
    No Barriers Here
    Click    css=details.hs-more > summary
    Click    css=button[data-hs-open="hs-do-transfer"]
    Choose    to_unit    so noi vu
    Fill Text    id=hs-do-transfer-decision    45/QĐ-STC
    ${day}=    Day From Now    -2
    Fill Text    id=hs-do-transfer-decided_on    ${day}
    Send Dialog    hs-do-transfer
    Wait For Elements State    css=h1 >> text=Tài khoản    visible
    The Page Does Not Say    Lều Văn Chuyển

The New Unit Finds The Person Without A Function
    I Am    snv-quantri
    Open The Accounts Of    ubnd/snv
    Click    css=#left-but-active a >> text=Lều Văn Chuyển
    The Page Says    45/QĐ-STC
    The Page Says    Sở Tài chính → Sở Nội vụ
    Click    css=button[data-hs-open="hs-do-assign"]
    Select Options By    id=hs-do-assign-function    value    coordinators
    Fill Text    id=hs-do-assign-position    Chuyên viên tổng hợp
    Send Dialog    hs-do-assign
    Wait For Elements State    css=table.hs-table >> text=Chuyên viên tổng hợp    visible
    Get Element Count    css=table.hs-table tr.hs-muted    ==    1
    Nothing Spills Over Sideways

The Old Unit Keeps The Account No More
    I Am    stc-quantri
    I Am Refused At    ${URL}/don-vi/ubnd/snv/@@account?user=chuyenlv
    Go To    ${URL}/don-vi/ubnd/stc/@@account?user=chuyenlv
    Get Element Count    css=button[data-hs-open="hs-do-disable"]    ==    0
