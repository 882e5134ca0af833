/// What an id of the engine's problems means.
public struct ProblemDescription: Sendable {
    /// The id, stable across releases.
    public let id: String
    /// What is wrong, in one sentence.
    public let summary: String
    /// What to do about it.
    public let advice: String

    /// Every problem that the engine reports, by id. The table in `docs/jinja-compatibility.md` lists the same ids.
    public static let all: [ProblemDescription] = [
        ProblemDescription(
            id: ProblemID.syntax, summary: "The template's syntax is wrong.",
            advice: "The message says what was expected at the place and what stands there instead."),
        ProblemDescription(
            id: ProblemID.unclosed, summary: "A tag, comment or block is never closed.",
            advice: "Close it: `{% if … %}` needs `{% endif %}`, `{{` needs `}}`, `{#` needs `#}`."),
        ProblemDescription(
            id: ProblemID.unknownTag, summary: "There is no tag of this name.",
            advice: "Check the spelling; text that looks like a tag goes between `{% raw %}` and `{% endraw %}`."),
        ProblemDescription(
            id: ProblemID.duplicateBlock, summary: "A block is defined twice in one template.",
            advice: "Rename one of them; `{{ self.name() }}` prints a block a second time."),
        ProblemDescription(
            id: ProblemID.nesting, summary: "Tags or expressions are nested too deeply.",
            advice: "Take parts out into macros, included templates or variables."),
        ProblemDescription(
            id: ProblemID.encoding, summary: "The template is not encoded in UTF-8.",
            advice: "Save the file as UTF-8; the message points at the first byte that is not."),
        ProblemDescription(
            id: ProblemID.unknownName, summary: "There is no filter or test of this name.",
            advice: "Check the spelling; the nearest name is shown. docs/templates.md lists what there is."),
        ProblemDescription(
            id: ProblemID.arguments,
            summary: "A filter, test, function or macro is called with arguments it does not take.",
            advice: "The message says how many it takes, and which are missing or unknown."),
        ProblemDescription(
            id: RenderError.Kind.undefined.diagnosticID,
            summary: "A variable, attribute or item that does not exist was used.",
            advice: "Check the spelling, or say what to print instead: `{{ name | default(\"…\") }}`."),
        ProblemDescription(
            id: RenderError.Kind.templateNotFound.diagnosticID,
            summary: "There is no template of this name in the folder that includes come from.",
            advice: "Names are relative to that folder; `..`, absolute names and links out of it find nothing."),
        ProblemDescription(
            id: RenderError.Kind.type.diagnosticID, summary: "A value's type does not support the operation.",
            advice: "Convert it first, for instance with `int`, `string` or `list`; `~` joins values of any type."),
        ProblemDescription(
            id: RenderError.Kind.value.diagnosticID, summary: "A value or argument is not acceptable.",
            advice: "Division by zero, a number that does not fit 64 bits, a wrong format or an unknown option."),
        ProblemDescription(
            id: RenderError.Kind.limit.diagnosticID, summary: "A budget of steps, output, memory or nesting ran out.",
            advice: "Look for a loop or recursion without an end; no honest template meets the limits."),
        ProblemDescription(
            id: RenderError.Kind.runtime.diagnosticID,
            summary: "Something else failed while the template was evaluated.",
            advice: "The message and the chain of calls below it say what and where."),
    ]
}
