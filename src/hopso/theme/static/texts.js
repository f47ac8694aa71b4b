// What scripts say, in the language of the page.
const TEXTS = {
  vi: {
    done: "Đã thực hiện.", failed: "Chưa thực hiện được. Nội dung đã nhập vẫn còn; vui lòng thử lại.",
    offline: "Mất kết nối. Nội dung đã nhập vẫn còn; vui lòng thử lại khi có mạng.",
    login: "Phiên làm việc đã hết hoặc không đủ quyền. Vui lòng đăng nhập lại ở cửa sổ khác rồi thử lại.",
    lifted_by: "Người có thể cho phép:", override: "Vẫn thực hiện", reason: "Lý do cho phép ngoại lệ",
    reason_help: "Lý do được ghi vào nhật ký cùng tên người cho phép.", reason_needed: "Vui lòng nêu lý do.",
    yes: "Đồng ý", no: "Không", up: "Chuyển lên", down: "Chuyển xuống", drag: "Kéo để đổi thứ tự",
    moved: "Đã chuyển đến vị trí {number} trên {count}.", remove: "Bỏ", none: "Không tìm thấy.", type: "Gõ tên để tìm",
    found: "{count} kết quả", more: "Gõ thêm để thu hẹp kết quả.",
    free: "Còn trống", taken: "Đã có lịch", another: "Có cuộc họp khác",
    all_free: "Còn trống:", not_free: "Chưa xếp được lịch:",
    instead: "Có thể chọn thay thế:", filled: "Đã điền {what}. Kiểm tra lại rồi gửi.",
  },
  en: {
    done: "Done.", failed: "This did not work. What you entered is still here; please try again.",
    offline: "No connection. What you entered is still here; please try again when you are online.",
    login: "Your session has ended or you lack the right. Please log in again in another window and try once more.",
    lifted_by: "May be lifted by:", override: "Do it anyway", reason: "Reason for the exception",
    reason_help: "The reason is kept in the audit log together with your name.", reason_needed: "Please give a reason.",
    yes: "Yes", no: "No", up: "Move up", down: "Move down", drag: "Drag to change the order",
    moved: "Moved to place {number} of {count}.", remove: "Remove", none: "Nothing found.", type: "Type a name to search",
    found: "{count} results", more: "Type more to narrow the results.",
    free: "Free", taken: "Taken", another: "Another meeting",
    all_free: "Everything is free:", not_free: "Not everything is free:",
    instead: "Free instead:", filled: "{what} is filled in. Check it and send.",
  },
};

const language = document.documentElement.lang.startsWith("en") ? "en" : "vi";

export function text(key, values = {}) {
  return (TEXTS[language][key] || key).replace(/{(\w+)}/g, (_all, name) => values[name] ?? "");
}

/** Tell people with screen readers. */
export function say(message) {
  const live = document.getElementById("hs-live");
  if (live) { live.textContent = ""; setTimeout(() => { live.textContent = message; }, 50); }
}
