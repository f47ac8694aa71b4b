*** Settings ***
Documentation       The technician of a site leaves: the site is not ready, everybody concerned is told, a substitute comes.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${SITE}             ${EMPTY}


*** Test Cases ***
The Technician Leaves And The Site Is Not Ready
    [Tags]    rule:HN-R/3.2    rule:TQ-P8/3
    VAR    ${SITE}    ${URL}/don-vi/ubnd/snv/diem-cau/diem-cau-snv    scope=SUITE
    I Am    snv-quantri
    Go To    ${SITE}
    The Page Says    Hà Ngọc Trâm
    No Barriers Here
    Nothing Spills Over Sideways
    Click    css=.hs-row:has-text("Hà Ngọc Trâm") button >> nth=0
    Fill Text    css=dialog[open] input[name="reason"]    Luân chuyển công tác
    Click    css=dialog[open] footer .hs-btn--primary
    Wait For Elements State    css=.hs-note >> text=Điểm cầu chưa đủ điều kiện    visible
    The Page Says    chưa có cán bộ kỹ thuật
    The Page Says    số ngày chưa có người: 1
    The Page Says    Luân chuyển công tác

Registrar And Operator Are Told
    [Tags]    rule:NT-12.2    rule:TQ-P7/2
    A Mail Has Come To    vp-tiepnhan@haison.example    Điểm cầu Sở Nội vụ
    A Mail Has Come To    tth-kythuat@haison.example    Điểm cầu Sở Nội vụ

The Map Shows It In Words And Signs
    I Am    tth-kythuat
    Go To    ${URL}/@@site-map
    Get Element Count    css=.hs-site-map a.is-not_ready[aria-label^="Điểm cầu Sở Nội vụ"]    ==    1
    Focus    css=.hs-site-map a >> nth=0
    Keyboard Key    press    Tab
    ${focused}=    Evaluate JavaScript    ${None}    () => document.activeElement.getAttribute('aria-label')
    Should Contain    ${focused}    Mbit/s
    No Barriers Here
    Nothing Spills Over Sideways
    Go To    ${URL}/@@site-staff
    The Page Says    chưa có người từ
    No Barriers Here

A Substitute Is Appointed
    [Tags]    rule:HN-R/3.1    rule:TQ-P8/3
    I Am    snv-quantri
    Go To    ${SITE}
    Click    css=button[data-hs-open="hs-do-appoint"]
    Choose    user    quach van nghia
    Select Options By    id=hs-do-appoint-role    value    technician
    Fill Text    id=hs-do-appoint-phone    0900 000 123
    Click    css=#hs-do-appoint footer .hs-btn--primary
    Wait For Elements State    css=.hs-row strong >> text=Quách Văn Nghĩa    visible
    The Page Does Not Say    Điểm cầu chưa đủ điều kiện
    I Am    tth-kythuat
    Go To    ${URL}/@@site-staff
    The Page Says    0900 000 123

The Sheet Of A Meeting Names The Substitute And Is Confirmed
    [Tags]    rule:NT-10.1    rule:NT-13.3
    I Am    snv-quantri    width=820    height=1180
    Go To    ${URL}/@@logistics
    Click    css=a[href*="giao-ban-tuan/@@logistics"] >> nth=0
    ${address}=    Address Of This Page
    ${meeting}=    Evaluate    $address.rpartition('/')[0]
    Go To    ${meeting}/@@meeting-sheet
    The Page Says    Quách Văn Nghĩa
    The Page Does Not Say    Giao ban Ủy ban nhân dân tỉnh
    Nothing Spills Over Sideways
    No Barriers Here
    Click    css=form:has(input[value="site.acknowledge"]) button >> nth=0
    Wait For Elements State    css=.hs-tag--good >> text=Đã nhận >> nth=0    visible
    I Am Refused At    ${URL}/@@import-sites

An Outsider Reads Neither People Nor Sheets
    I Am    daibieu
    I Am Refused At    ${URL}/@@site-staff
    Go To    ${SITE}
    The Page Does Not Say    0900 000 123
    The Page Does Not Say    10.20.3.10
