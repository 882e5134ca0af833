public import Diagnostics

/// What is checked of the kind `hosted-stack` beyond the rules that it shares with `cluster-stack`; ids are stable.
public enum HostedRule: String, CaseIterable, Sendable {
    /// A key without a value whose default is not empty.
    case noValue = "HOST001"
    /// A word that is a boolean in YAML 1.1 only.
    case word = "HOST002"
    /// A number with a zero in front.
    case octal = "HOST003"
    /// A list or map written as a text.
    case quoted = "HOST004"
    /// The comment names another template.
    case otherTemplate = "HOST005"
    /// Both something new and something existing.
    case newAndExisting = "HOST010"
    /// Neither something new nor something existing.
    case neitherNewNorExisting = "HOST011"
    /// Restricted groups without their bucket.
    case restrictedBucket = "HOST012"
    /// An address that is not AWS's.
    case foreignSource = "HOST013"
    /// A value in plain text that looks secret.
    case secret = "HOST014"
    /// A switch that the chart does not read.
    case misspeltSwitch = "HOST015"
    /// Names that every scaffold has.
    case scaffoldNames = "HOST016"
    /// The region cannot be told.
    case noRegion = "HOST017"
    /// A group or the file system in a zone outside those of the VPC.
    case zoneOutside = "HOST018"
    /// Volumes and requirements that exclude each other inside a group.
    case groupStorage = "HOST019"
    /// What the template evaluates to is no document of parameters.
    case noParameters = "HOST030"
    /// A parameter that the published template does not have.
    case unknownParameter = "HOST031"
    /// A value that the published template does not take.
    case parameterValue = "HOST032"
    /// The template of hyp, changed.
    case changedTemplate = "HOST033"
    /// No template is published where one is looked for.
    case notPublished = "HOST034"

    /// The stable id.
    public var id: String { rawValue }

    /// How much a finding weighs.
    public var severity: Diagnostic.Severity {
        switch self {
        case .octal, .quoted, .otherTemplate, .neitherNewNorExisting, .restrictedBucket, .noRegion, .zoneOutside,
            .groupStorage, .noParameters, .unknownParameter, .parameterValue, .changedTemplate, .notPublished:
            .error
        case .noValue, .word, .newAndExisting, .foreignSource, .secret, .misspeltSwitch, .scaffoldNames: .warning
        }
    }

    /// What it demands, in one sentence.
    public var summary: String {
        switch self {
        case .noValue: "A key has a value, where absence does not mean empty."
        case .word: "Booleans and numbers are written as YAML 1.2 has them: `true`, `false`, `1200`."
        case .octal: "Numbers have no zeros in front."
        case .quoted: "Lists and maps are written as such, not inside quotes; a group may be the JSON text of a list."
        case .otherTemplate: "The comments of hyp name the template cluster-stack and a version that is known."
        case .newAndExisting: "What exists is named only where nothing new is created in its place."
        case .neitherNewNorExisting: "What is not created is named."
        case .restrictedBucket: "Restricted groups have their bucket named."
        case .foreignSource: "Scripts and charts come from where AWS publishes them."
        case .secret: "No parameter holds a secret."
        case .misspeltSwitch: "Switches of the chart are spelled as the chart reads them."
        case .scaffoldNames: "Prefix and bucket have names of their own."
        case .noRegion: "The region can be told from the configuration, the command line or the environment."
        case .zoneOutside: "Groups and the file system lie in zones of the VPC."
        case .groupStorage: "A storage entry is one volume, or one mount with its names."
        case .noParameters: "The template evaluates to `Parameters:` with texts, and `Tags:` with texts."
        case .unknownParameter: "Every parameter is one of the published template."
        case .parameterValue: "Every value is one that the published template takes."
        case .changedTemplate: "The main template that hyp puts into a folder is as hyp wrote it."
        case .notPublished: "The published template is where AWS, or the mirror, keeps it."
        }
    }

    /// Why.
    public var reason: String {
        switch self {
        case .noValue: "hyp puts its default in the place of a missing value, and records that there is none."
        case .word: "YAML 1.1 and YAML 1.2 read the word differently, and so do tools."
        case .octal: "YAML 1.1 reads 010 as 8, YAML 1.2 as 10."
        case .quoted:
            "What cannot be read as JSON is skipped without an error, and the cluster comes up without its groups."
        case .otherTemplate: "hyp does nothing, without an error, for a version that it does not know."
        case .newAndExisting: "The published template creates the new one, and the existing one is left alone."
        case .neitherNewNorExisting:
            "The published template puts an id such as vpc-1234567890abcdef0 in the place of a missing one."
        case .restrictedBucket: "The role of the nodes may read there and nowhere else."
        case .foreignSource: "Every node runs the script as root, and the chart is installed as administrator."
        case .secret: "Parameters of a stack are shown to everybody who may describe it, and are kept in the record."
        case .misspeltSwitch: "Helm ignores values that no chart reads."
        case .scaffoldNames: "Names of buckets are shared by all accounts; somebody else's stack may have this one."
        case .noRegion: "The address of the published template and the zones depend on it."
        case .zoneOutside: "They are placed in the subnet of their zone; the hosted function skips a zone without one."
        case .groupStorage: "SageMaker refuses an entry that is both or neither, and a mount without its names."
        case .noParameters: "What is sent is read back from there, and nothing else is sent."
        case .unknownParameter: "CloudFormation refuses a call with a parameter that the template does not declare."
        case .parameterValue: "CloudFormation refuses the call."
        case .changedTemplate: "hyp never sends that file, and neither does stackgen: the change would be lost."
        case .notPublished: "CloudFormation could not read it either."
        }
    }

    /// Where that is documented.
    public var source: String {
        switch self {
        case .noValue, .word, .octal, .quoted, .otherTemplate, .scaffoldNames, .noRegion:
            "PyPI sagemaker-hyperpod 3.12.0"
        case .groupStorage: "AWS docs: AWS::SageMaker::Cluster"
        case .misspeltSwitch: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml"
        default: "aws/sagemaker-hyperpod-cluster-setup: eks/cloudformation/main-stack-eks-based-template.yaml"
        }
    }

    /// A finding at a place.
    public func finding(
        _ message: String, at span: SourceSpan?, notes: [Diagnostic.Note] = [], fix: Diagnostic.Fix? = nil
    ) -> Diagnostic {
        Diagnostic(severity, id, message, at: span, label: nil, notes: notes, fix: fix)
    }
}
