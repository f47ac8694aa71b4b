*** Settings ***
Documentation       A unit joins: its first administrator brings the people in from a spreadsheet.
Resource            resources/hopso.resource
Resource            resources/accounts.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${UNIT}             ubnd/snnmt/snnmt-tl
${HEAD}             Họ và tên;Thư điện tử công vụ;Điện thoại;Vai trò;Chức vụ


*** Test Cases ***
The System Administrator Names The First Administrator Once
    [Tags]    rule:BD-4.2/1    rule:BD-4.2/2
    I Am    quantri-hethong
    Open The Accounts Of    ${UNIT}
    No Barriers Here
    Click    css=button[data-hs-open="hs-do-onboard"]
    Fill Text    id=hs-do-onboard-fullname    Trịnh Thủy Lợi
    Fill Text    id=hs-do-onboard-email    loi.tt@haison.example
    Fill Text    id=hs-do-onboard-assignment_document    15/TB-CCTL
    Fill Text    id=hs-do-onboard-password    ${TEMPORARY}
    Send Dialog    hs-do-onboard
    Wait For Elements State    css=table.hs-table >> text=Trịnh Thủy Lợi    visible
    Get Element Count    css=button[data-hs-open="hs-do-onboard"]    ==    0

She Imports Her People And Is Told What Is Wrong
    [Tags]    rule:BD-4.3
    Come In The First Time    loitt
    VAR    ${file}    ${OUTPUT DIR}/nhan-su.csv
    Create File    ${file}
    ...    \ufeff${HEAD}\nHồ Văn Đê;de.hv@haison.example;0900111222;Đầu mối chuẩn bị cuộc họp;Chuyên viên\nLò Thị Kè;khong-phai-thu;;;\n;thieu.ten@haison.example;;;\nPhan Đập;dap.p@haison.example;;Vua;Trưởng trạm\n
    Hand In    ${UNIT}    ${file}
    Get Element Count    css=table.hs-table tbody .hs-tag--bad    ==    3
    Get Element Count    css=input[value="account.confirm_import"]    ==    0
    The Page Says    Thiếu họ tên
    The Page Says    không có trong danh mục
    No Barriers Here

The Corrected File Is Imported
    VAR    ${PASSWORD}    ${CHOSEN}    scope=TEST
    I Am    loitt
    VAR    ${file}    ${OUTPUT DIR}/nhan-su-dung.csv
    Create File    ${file}
    ...    \ufeff${HEAD}\nHồ Văn Đê;de.hv@haison.example;0900111222;;Chuyên viên\nLò Thị Kè;ke.lt@haison.example;;;\nTạ Cống;cong.t@haison.example;;;\nPhan Đập;dap.p@haison.example;;Lãnh đạo;Trưởng trạm\n
    Hand In    ${UNIT}    ${file}
    Click    css=form:has(input[value="account.confirm_import"]) button
    Wait For Elements State    css=.hs-pagehead .hs-tag >> text=Đã nhập    visible    timeout=60s
    Open The Accounts Of    ${UNIT}
    The Page Says    Hồ Văn Đê
    The Page Says    Phan Đập
    The Page Says    Chưa đặt mật khẩu
