/// The names of the files of a run record.
public enum RunFile {
    /// The configuration as it was read.
    public static let config = "config.yaml"
    /// The template that was evaluated.
    public static let template = "cfn_params.jinja"
    /// The evaluated template: the very bytes that are submitted.
    public static let evaluatedTemplate = "cfn_params.yaml"
    /// The person's own lifecycle script, where the configuration names one.
    public static let lifecycleScript = "lifecycle_script"
    /// A copy of the published template that parameters are sent for.
    public static let publishedTemplate = "template.yaml"
    /// The API call without the template's bytes.
    public static let request = "request.json"
    /// What came back.
    public static let response = "response.json"
    /// What the change set says that it does.
    public static let changeSet = "change_set.json"
    /// That the change set was executed.
    public static let execution = "execution.json"
    /// Where the template was put when it travelled through S3.
    public static let upload = "upload.json"
    /// The stack's events as they were seen, one JSON object a line.
    public static let events = "events.jsonl"
    /// The table of contents.
    public static let manifest = "manifest.json"
}
