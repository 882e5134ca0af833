public import Diagnostics

/// What is checked of a policy beyond the rules of teams and quotas: against the cluster that it is for, when it is
/// applied. Ids are stable.
public enum PolicyRule: String, CaseIterable, Sendable {
    /// The ARN names another region.
    case otherRegion = "GOV050"
    /// There is no such cluster.
    case noCluster = "GOV051"
    /// The cluster is not orchestrated by EKS.
    case notEKS = "GOV052"
    /// Kubernetes is too old.
    case kubernetesTooOld = "GOV053"
    /// Somebody installed Kueue.
    case ownKueue = "GOV054"
    /// The add-on is missing, or does not work.
    case addon = "GOV055"
    /// Somebody changed it meanwhile.
    case versionConflict = "GOV056"
    /// A resource ended badly.
    case failedResource = "GOV057"
    /// A second policy.
    case secondPolicy = "GOV058"
    /// Nothing is removed unasked.
    case needsPruning = "GOV059"
    /// A machine type that the cluster does not have.
    case typeNotInCluster = "GOV060"
    /// The cluster is not ready.
    case clusterNotReady = "GOV061"
    /// What the template evaluates to is no document of requests.
    case noRequests = "GOV062"
    /// A team's resource has another name.
    case renamed = "GOV063"

    /// The stable id.
    public var id: String { rawValue }

    /// How much a finding weighs.
    public var severity: Diagnostic.Severity {
        switch self {
        case .needsPruning, .typeNotInCluster, .renamed, .failedResource: .warning
        default: .error
        }
    }

    /// What it demands, in one sentence.
    public var summary: String {
        switch self {
        case .otherRegion: "The ARN of the cluster is of the policy's region."
        case .noCluster: "The HyperPod cluster exists."
        case .notEKS: "The cluster is orchestrated by EKS."
        case .kubernetesTooOld: "The cluster has Kubernetes 1.30 or newer."
        case .ownKueue: "There is no Kueue but that of the add-on."
        case .addon: "The add-on is installed and active before a policy is made."
        case .versionConflict: "Nobody changes policy or quotas while they are applied."
        case .failedResource: "What failed to be created is deleted and created again."
        case .secondPolicy: "A cluster has one policy."
        case .needsPruning: "What the configuration does not name is removed when asked for."
        case .typeNotInCluster: "Quotas name machine types of the cluster."
        case .clusterNotReady: "The cluster is in service."
        case .noRequests: "The template evaluates to the requests of one policy."
        case .renamed: "A policy that is there keeps its name."
        }
    }

    /// Why.
    public var reason: String {
        switch self {
        case .otherRegion, .noCluster: "Policy and quotas belong to one cluster, and stand in its region."
        case .notEKS: "Task governance is made of Kueue's objects; Slurm has none."
        case .kubernetesTooOld: "Kueue, as the add-on has it, needs interfaces of Kubernetes 1.30."
        case .ownKueue: "Two schedulers would admit the same work; the add-on brings its own."
        case .addon: "A policy that is made before the add-on is ready ends in CreateFailed."
        case .versionConflict: "An update names the version that it was made for, and another one is refused."
        case .failedResource: "SageMaker updates nothing that is in CreateFailed or in a failed rollback."
        case .secondPolicy: "SageMaker keeps one set of priority classes for a cluster."
        case .needsPruning: "A team whose quota goes loses its queue, and work that runs there."
        case .typeNotInCluster: "There are no such nodes to use."
        case .clusterNotReady: "SageMaker refuses policies and quotas of a cluster that is made or goes."
        case .noRequests: "What is sent is read back from there, and nothing else is sent."
        case .renamed: "Names cannot be changed, and the classes of a cluster are in one policy."
        }
    }

    /// Where that is documented.
    public var source: String {
        switch self {
        case .otherRegion, .noCluster, .secondPolicy, .renamed: "AWS docs: CreateClusterSchedulerConfig"
        case .notEKS, .kubernetesTooOld, .ownKueue, .addon: "AWS docs: Set up task governance"
        case .versionConflict: "AWS docs: UpdateComputeQuota"
        case .failedResource: "AWS docs: Troubleshoot task governance"
        case .needsPruning: "AWS docs: DeleteComputeQuota"
        case .typeNotInCluster: "AWS docs: ComputeQuotaResourceConfig"
        case .clusterNotReady: "AWS docs: DescribeCluster"
        case .noRequests: "stackgen: templates/task-governance/cfn_params.jinja"
        }
    }

    /// A finding at a place.
    public func finding(
        _ message: String, at span: SourceSpan? = nil, label: String? = nil, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) -> Diagnostic {
        Diagnostic(severity, id, message, at: span, label: label, notes: notes, fix: fix)
    }
}
