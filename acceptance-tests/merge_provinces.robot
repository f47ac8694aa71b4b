*** Settings ***
Documentation       July 2025: a second province with a district is merged into the demo's, and the district level is gone.
Resource            resources/hopso.resource
Suite Setup         Enter The Second Province
Suite Teardown      Close The Browser


*** Test Cases ***
The Preview Shows Everything And Changes Nothing
    I Am    quantri-hethong
    Go To    ${URL}/don-vi/@@reorganise
    No Barriers Here
    Upload File By Selector    id=hs-file    ${FILES}/de-an-sap-xep.csv
    Fill Text    id=hs-decision    202/2025/QH15
    Fill Text    id=hs-decided_on    12/06/2025
    Fill Text    id=hs-effective    01/07/2025
    Fill Text    id=hs-reason    Sắp xếp đơn vị hành chính
    Click    css=button[name="preview"]
    Wait For Elements State    id=hs-preview    visible
    The Page Says    Thành lập: Ủy ban nhân dân xã Ba Ngòi (UBNDBN)
    The Page Says    Kết thúc hoạt động: Ủy ban nhân dân huyện Ba Ngòi (BN-H1)
    No Barriers Here
    Click    css=button[name="confirm"]
    Wait For Elements State    css=.hs-pagehead h1 >> text=Đơn vị    visible
    The Page Says    Ủy ban nhân dân xã Ba Ngòi
    The Page Does Not Say    huyện Ba Ngòi

The Old Units Keep Their Names And Lead To Their Successors
    I Am    nguoingoai
    Go To    ${URL}/don-vi?q=ba+ngoi&state=closed
    The Page Says    Ủy ban nhân dân tỉnh Ba Ngòi
    Click    text=Ủy ban nhân dân xã Ba Ngòi 1
    The Page Says    Đơn vị này không còn hoạt động
    The Page Says    Quyết định 202/2025/QH15
    No Barriers Here
    Click    css=.hs-note a >> text=Ủy ban nhân dân xã Ba Ngòi
    The Page Says    Tiền thân
    The Page Says    Đinh Thị Ngòi
    No Barriers Here

The Chart Shows Both Days
    I Am    nguoingoai
    Go To    ${URL}/don-vi/@@chart?day=30/06/2025
    Click    css=.hs-org-list > summary
    Get Text    css=.hs-org-list    contains    huyện Ba Ngòi
    Go To    ${URL}/don-vi/@@chart?day=01/07/2025
    Click    css=.hs-org-list > summary
    Get Text    css=.hs-org-list    not contains    huyện Ba Ngòi
    No Barriers Here
    Nothing Spills Over Sideways

Nothing Is Orphaned
    I Am    quantri-hethong
    Go To    ${URL}/don-vi/@@check
    Get Element Count    css=.hs-tag--bad    ==    0
    No Barriers Here


*** Keywords ***
Enter The Second Province
    [Documentation]    As a program would, through the API: a committee, a department, a district and two communes.
    Open The Browser
    I Am    quantri-hethong
    ${committee}=    A Unit    ${URL}/don-vi    Ủy ban nhân dân tỉnh Ba Ngòi    BN-UBND    province
    A Unit    ${committee}    Sở Nội vụ Ba Ngòi    BN-SNV    province
    ${district}=    A Unit    ${committee}    Ủy ban nhân dân huyện Ba Ngòi    BN-H1    district
    ${commune}=    A Unit    ${district}    Ủy ban nhân dân xã Ba Ngòi 1    BN-X1    commune
    ${person}=    Evaluate    json.dumps({'fullname': 'Đinh Thị Ngòi', 'email': 'dinhthingoi@${DOMAIN}', 'function': 'leaders'})    modules=json
    Sent To    ${commune}/@operations/account.create    ${person}
    A Unit    ${district}    Ủy ban nhân dân xã Ba Ngòi 2    BN-X2    commune

A Unit
    [Arguments]    ${where}    ${title}    ${code}    ${level}
    ${body}=    Evaluate    json.dumps({'@type': 'Unit', 'title': $title, 'code': $code, 'level': $level, 'unit_type': 'committee', 'sector': 'state', 'valid_from': '2004-01-01'})    modules=json
    ${made}=    Sent To    ${where}    ${body}
    RETURN    ${made}

Sent To
    [Documentation]    POST JSON with the session of the present page; return the address in the answer.
    [Arguments]    ${where}    ${body}
    ${made}=    Evaluate JavaScript    ${None}
    ...    async (a) => { const r = await fetch(a[0], {method: 'POST', body: a[1], headers: {'Accept': 'application/json', 'Content-Type': 'application/json'}}); const d = await r.json(); if (!r.ok) throw new Error(JSON.stringify(d)); return d['@id'] }
    ...    arg=${{[$where, $body]}}
    RETURN    ${made}
