*** Settings ***
Documentation       A device comes back from repair: where the policy asks for it, it is inspected before anybody uses it again.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Run Keywords    Inspection Is Required    ${False}    AND    Close The Browser


*** Variables ***
${DEVICE}           ${EMPTY}
${NUMBER}           ${EMPTY}


*** Test Cases ***
The Province Asks For Inspections
    Inspection Is Required    ${True}

A New Device Waits For Its Inspection
    [Tags]    rule:HN-R/5
    ${NUMBER}=    Generate Random String    8    [NUMBERS]
    I Am    quantri-donvi
    Go To    ${URL}/don-vi/ubnd/vp/@@add-device
    No Barriers Here
    Fill Text    css=input[name="title"]    Máy tính bảng ${NUMBER}
    Fill Text    css=input[name="serial"]    SN-${NUMBER}
    Click    css=.hs-form__actions .hs-btn--primary
    Wait For Elements State    css=.hs-pagehead h1 >> text=Máy tính bảng ${NUMBER}    visible
    The Page Says    chưa đạt kiểm tra an ninh
    ${address}=    Get Url
    VAR    ${DEVICE}    ${address}    scope=SUITE
    It Is Refused To Be Used
    It Is Inspected
    It Is Used

Back From Repair It Cannot Be Used
    [Tags]    rule:HN-R/5
    I Am    tth-kythuat    width=820    height=1180
    Go To    ${DEVICE}
    Nothing Spills Over Sideways
    Open From The Menu    send_to_repair
    Fill Text    css=#hs-do-send-to-repair input[name="where"]    Trung tâm bảo hành
    Fill Text    css=#hs-do-send-to-repair textarea[name="fault"]    Không lên nguồn
    Click    css=#hs-do-send-to-repair footer .hs-btn--primary
    Wait For Elements State    css=.hs-pagehead .hs-tag >> text=Đang sửa chữa    visible
    Click    css=[data-hs-open="hs-do-back-from-repair"]
    Fill Text    css=#hs-do-back-from-repair textarea[name="done"]    Thay nguồn
    Click    css=#hs-do-back-from-repair footer .hs-btn--primary
    Wait For Elements State    css=.hs-pagehead .hs-tag >> text=Chờ kiểm tra an ninh    visible
    It Is Refused To Be Used
    No Barriers Here

After The Inspection It Is Used Again
    [Tags]    rule:HN-R/5
    I Am    quantri-donvi
    Go To    ${DEVICE}
    It Is Inspected
    It Is Used
    The Page Says    Thay nguồn
    The Page Says    Phòng An ninh mạng
    No Barriers Here
    Nothing Spills Over Sideways

Other Use Is Refused
    [Tags]    rule:NA-3.4    rule:NT-6.1
    I Am    quantri-donvi
    Go To    ${DEVICE}
    Click    css=[data-hs-open="hs-do-lend"]
    Fill Text    css=#hs-do-lend input[name="purpose"]    Giải trí
    Choose In    hs-do-lend    borrower    quang dung
    Choose In    hs-do-lend    authorised_by    hoang lan
    Fill Text    css=#hs-do-lend input[name="document"]    1/GP
    Fill Text    css=#hs-do-lend input[name="until"]    31/12/2030
    Click    css=#hs-do-lend footer .hs-btn--primary
    Wait For Elements State    css=#hs-do-lend >> text=Nghiêm cấm sử dụng, di chuyển, lắp đặt    visible
    Go To    ${DEVICE}
    Get Text    css=.hs-pagehead    contains    Đang sử dụng

A Stranger Sees Nothing Of It
    I Am    nguoingoai
    I Am Refused At    ${DEVICE}


*** Keywords ***
Inspection Is Required
    [Documentation]    A system administrator sets one value of the policy.
    [Arguments]    ${wanted}
    I Am    quantri-hethong
    ${status}=    Evaluate JavaScript    ${None}
    ...    async (wanted) => (await fetch('${URL}/@operations/policy.change', {method: 'POST', headers: {'Accept': 'application/json', 'Content-Type': 'application/json'}, body: JSON.stringify({values: {device_inspection_required: wanted}})})).status
    ...    arg=${wanted}
    Should Be True    ${status} in (200, 400)

It Is Refused To Be Used
    Click    css=form:has(input[name="verb"][value="put_to_use"]) button
    Wait For Elements State    css=[role="alert"] >> text=chưa đạt kiểm tra an ninh >> nth=0    visible

It Is Inspected
    Click    css=[data-hs-open="hs-do-inspect"]
    Fill Text    css=#hs-do-inspect input[name="body"]    Phòng An ninh mạng, Công an tỉnh
    Fill Text    css=#hs-do-inspect input[name="on"]    05/01/2026
    Fill Text    css=#hs-do-inspect input[name="document"]    12/BB
    Click    css=#hs-do-inspect footer .hs-btn--primary
    Wait For Load State    networkidle
    Wait For Elements State    css=.hs-story >> text=Kiểm tra an ninh >> nth=0    visible

It Is Used
    Click    css=form:has(input[name="verb"][value="put_to_use"]) button
    Wait For Elements State    css=.hs-pagehead .hs-tag >> text=Đang sử dụng    visible

Open From The Menu
    [Arguments]    ${verb}
    ${id}=    Replace String    hs-do-${verb}    _    -
    Click    css=.hs-actions details summary
    Click    css=.hs-menu [data-hs-open="${id}"]
    Wait For Elements State    id=${id}    visible

Choose In
    [Documentation]    Type a part of a name in one dialog and take the first proposal.
    [Arguments]    ${dialog}    ${field}    ${typed}
    VAR    ${box}    css=#${dialog} [data-hs-field="${field}"]
    Type Text    ${box} input[role="combobox"]    ${typed}    delay=20ms
    Wait For Elements State    ${box} [role="option"] >> nth=0    visible
    Keyboard Key    press    ArrowDown
    Keyboard Key    press    Enter
    Wait For Elements State    ${box} .hs-chip >> nth=0    visible
