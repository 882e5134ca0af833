/// The name behind a dot, with what can be known of it when the template is compiled.
struct MemberName: Sendable {
    let text: String
    /// Whether mappings have a method of the name, which comes before their items.
    let isDictMethod: Bool
    private let isTextMethod: Bool
    private let isListMethod: Bool
    /// The attribute of `loop`.
    let loopMember: LoopObject.Member?

    init(_ text: String) {
        self.text = text
        loopMember = Self.loopMembers[text]
        let isMethod = Self.methods.contains(text)
        isDictMethod = isMethod && DictMethods.contains(text)
        isTextMethod = isMethod && TextMethods.contains(text)
        isListMethod = isMethod && ListMethods.contains(text)
    }

    private static let loopMembers = Dictionary(
        uniqueKeysWithValues: LoopObject.Member.allCases.map { ($0.rawValue, $0) })
    private static let methods = DictMethods.names.union(TextMethods.names).union(ListMethods.names)

    /// Whether a value has a method of the name.
    func isMethod(of value: Value) -> Bool {
        switch value {
        case .dict: isDictMethod
        case .string, .markup: isTextMethod
        case .list: isListMethod
        default: Methods.exists(text, on: value)
        }
    }
}
