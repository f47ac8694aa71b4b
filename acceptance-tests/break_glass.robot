*** Settings ***
Documentation       A system administrator reads a closed meeting in an emergency; the chair is told and ends it.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${MEETING}          ${EMPTY}
${REASON}           Tài liệu số 2 không mở được trên máy tính bảng


*** Test Cases ***
The Chair Sends The Address Of A Meeting
    I Am    chutri
    Go To    ${URL}/@@start
    Click    css=a[href*="/ung-pho-bao"] >> nth=0
    ${address}=    Address Of This Page
    VAR    ${MEETING}    ${address}    scope=SUITE
    Go To    ${MEETING}/@@who-can-see
    The Page Does Not Say    Vũ Đức Thành
    No Barriers Here

The Administrator May Not Read It Uninvited
    [Tags]    rule:BD-3.3
    I Am    quantri-hethong
    I Am Refused At    ${MEETING}
    Go To    ${URL}/@@break-glass
    No Barriers Here
    Fill Text    id=glass-meeting    ${MEETING}/@@view
    Fill Text    id=glass-reason    ${REASON}
    Click    text=Mở để đọc
    The Page Says    trong trường hợp khẩn cấp đến
    No Barriers Here
    A Mail Has Come To    chutri@${DOMAIN}    Truy cập khẩn cấp vào cuộc họp

The Chair Sees Who Reads, And Ends It
    I Am    chutri
    Go To    ${MEETING}
    The Page Says    ${REASON}
    The Page Says    Vũ Đức Thành
    Go To    ${MEETING}/@@who-can-see
    The Page Says    Truy cập khẩn cấp: ${REASON}
    Go To    ${MEETING}
    Do    end_break_glass
    The Page Says    đã được đọc cuộc họp này

It Is Closed Again, And On Record
    I Am    quantri-hethong
    I Am Refused At    ${MEETING}
    Go To    ${URL}/@@audit-log
    The Page Says    ${REASON}
