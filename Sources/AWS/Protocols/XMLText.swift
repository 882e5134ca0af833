/// Writes text so that it can stand inside an XML element.
enum XMLText {
    /// The text with the characters that XML reserves replaced.
    static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\r", with: "&#13;")
    }
}
