*** Settings ***
Documentation       An archivist types without accents and finds what was written with them.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Test Cases ***
Words Without Accents Find Words With Them
    I Am    vanthu
    Go To    ${URL}/luu-tru?q=ung+pho+bao
    Get Element Count    css=.hs-hit mark, mark    >    0
    The Page Says    ứng phó
    No Barriers Here
    Nothing Spills Over Sideways

Words Inside Of A Document Are Found With Their Page
    I Am    vanthu
    Wait Until Keyword Succeeds    180s    5s    Found In A Document    dau tu cong

A Number Is Found
    I Am    vanthu
    Wait Until Keyword Succeeds    60s    5s    Found In A Document    742/BC-STC

A Bad Query Gets A Message
    I Am    vanthu
    Go To    ${URL}/luu-tru?q=%22%22%22
    Get Element Count    css=.hs-empty, .hs-note    >    0

The List Leaves As A Spreadsheet
    I Am    vanthu
    Go To    ${URL}/luu-tru?q=uy+ban
    ${answer}=    Evaluate JavaScript    ${None}    async () => { const a = [...document.querySelectorAll('a')].find(x => /export|xlsx/i.test(x.href)); const r = await fetch(a.href); return [r.status, r.headers.get('content-type')] }
    Should Be Equal As Integers    ${answer}[0]    200
    Should Contain    ${answer}[1]    spreadsheetml

It Fits On A Tablet
    I Am    vanthu    820    1180
    Go To    ${URL}/luu-tru?q=uy+ban
    Nothing Spills Over Sideways
    No Barriers Here


*** Keywords ***
Found In A Document
    [Arguments]    ${words}
    Go To    ${URL}/luu-tru?q=${{urllib.parse.quote($words)}}
    Get Element Count    css=main a[href*="/view"], main a[href*="#p"], .hs-hit    >    0
    Get Element Count    css=mark    >    0
