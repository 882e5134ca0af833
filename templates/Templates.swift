internal import GovernanceTemplates
internal import HostedTemplates

/// The templates, embedded in the binary: one folder a kind.
public enum EmbeddedTemplates {
    /// A file of a kind's template folder, byte for byte; `nil` when there is none of that name.
    public static func file(_ name: String, of kind: String) -> [UInt8]? {
        switch (kind, name) {
        case ("cluster-stack", "cfn_params.jinja"): PackageResources.cfn_params_jinja
        case ("cluster-stack", "on_create.sh"): PackageResources.on_create_sh
        case ("cluster-stack", "upload_lifecycle.py"): PackageResources.upload_lifecycle_py
        case ("hosted-stack", "cfn_params.jinja"): HostedTemplates.parameters
        case ("task-governance", "cfn_params.jinja"): GovernanceTemplates.requests
        default: nil
        }
    }
}
