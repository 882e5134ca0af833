/// What the compiler knows about the place it is at, besides what names mean there.
struct CompileScope {
    /// The template's own level, also inside conditions there: assignments are exported.
    var isTopLevel = false
    /// The template's own level outside of conditions.
    var isRootLevel = false
    /// Inside a condition: an unknown filter or test is reported only when it is reached.
    var isSoft = false
    /// Output is dropped once the template extends another.
    var checksOutput = false
    /// How output is escaped; `nil` where only the evaluation knows.
    var escape: EscapeMode?
    /// The mode that constants are printed with: the innermost one that was known when the template was compiled.
    var foldingEscape: EscapeMode
    /// The slot that holds the text a filter block works on, or -1.
    var captureSlot: Int32 = -1

    init(escape: EscapeMode?) {
        self.escape = escape
        foldingEscape = escape ?? .none
    }

    /// A scope inside this one.
    func inner() -> CompileScope {
        var scope = CompileScope(escape: escape)
        scope.checksOutput = checksOutput
        scope.foldingEscape = foldingEscape
        return scope
    }

    /// The same scope inside a condition.
    func soft() -> CompileScope {
        var scope = self
        scope.isRootLevel = false
        scope.isSoft = true
        return scope
    }
}
