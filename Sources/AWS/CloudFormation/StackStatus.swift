/// The state of a stack.
///
/// Source: "Understand CloudFormation stack creation events" and the data type Stack of the AWS
/// CloudFormation API Reference.
public enum StackStatus: Sendable, Hashable {
    case createInProgress, createFailed, createComplete
    case rollbackInProgress, rollbackFailed, rollbackComplete
    case deleteInProgress, deleteFailed, deleteComplete
    case updateInProgress, updateCompleteCleanupInProgress, updateComplete, updateFailed
    case updateRollbackInProgress, updateRollbackFailed, updateRollbackCompleteCleanupInProgress
    case updateRollbackComplete
    case reviewInProgress
    case importInProgress, importComplete
    case importRollbackInProgress, importRollbackFailed, importRollbackComplete
    /// A state that CloudFormation got after this was written.
    case unknown(String)

    /// Whether CloudFormation is still at work. Of a state not known here its ending tells.
    public var isInProgress: Bool { rawValue.hasSuffix("_IN_PROGRESS") }

    /// Whether nothing more happens without a new call.
    public var isTerminal: Bool { !isInProgress }

    /// Whether something went wrong, also while CloudFormation is still rolling back.
    public var isFailure: Bool { rawValue.hasSuffix("_FAILED") || rawValue.contains("ROLLBACK") }

    /// Whether a stack in this state is gone.
    public var isDeleted: Bool { self == .deleteComplete }
}

extension StackStatus: RawRepresentable {
    /// Every state that is known here.
    public static let known: [StackStatus] = [
        .createInProgress, .createFailed, .createComplete, .rollbackInProgress, .rollbackFailed,
        .rollbackComplete, .deleteInProgress, .deleteFailed, .deleteComplete, .updateInProgress,
        .updateCompleteCleanupInProgress, .updateComplete, .updateFailed, .updateRollbackInProgress,
        .updateRollbackFailed, .updateRollbackCompleteCleanupInProgress, .updateRollbackComplete,
        .reviewInProgress, .importInProgress, .importComplete, .importRollbackInProgress,
        .importRollbackFailed, .importRollbackComplete,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: known.map { ($0.rawValue, $0) })

    /// Takes CloudFormation's name; one that is not known is kept.
    public init(rawValue: String) {
        self = Self.byName[rawValue] ?? .unknown(rawValue)
    }

    /// CloudFormation's name, such as `CREATE_COMPLETE`.
    public var rawValue: String {
        switch self {
        case .createInProgress: "CREATE_IN_PROGRESS"
        case .createFailed: "CREATE_FAILED"
        case .createComplete: "CREATE_COMPLETE"
        case .rollbackInProgress: "ROLLBACK_IN_PROGRESS"
        case .rollbackFailed: "ROLLBACK_FAILED"
        case .rollbackComplete: "ROLLBACK_COMPLETE"
        case .deleteInProgress: "DELETE_IN_PROGRESS"
        case .deleteFailed: "DELETE_FAILED"
        case .deleteComplete: "DELETE_COMPLETE"
        case .updateInProgress: "UPDATE_IN_PROGRESS"
        case .updateCompleteCleanupInProgress: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
        case .updateComplete: "UPDATE_COMPLETE"
        case .updateFailed: "UPDATE_FAILED"
        case .updateRollbackInProgress: "UPDATE_ROLLBACK_IN_PROGRESS"
        case .updateRollbackFailed: "UPDATE_ROLLBACK_FAILED"
        case .updateRollbackCompleteCleanupInProgress: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"
        case .updateRollbackComplete: "UPDATE_ROLLBACK_COMPLETE"
        case .reviewInProgress: "REVIEW_IN_PROGRESS"
        case .importInProgress: "IMPORT_IN_PROGRESS"
        case .importComplete: "IMPORT_COMPLETE"
        case .importRollbackInProgress: "IMPORT_ROLLBACK_IN_PROGRESS"
        case .importRollbackFailed: "IMPORT_ROLLBACK_FAILED"
        case .importRollbackComplete: "IMPORT_ROLLBACK_COMPLETE"
        case .unknown(let name): name
        }
    }
}

extension StackStatus: Codable {}
