/// The template of the kind `task-governance`, embedded in the binary; a target of its own, since embedded files of
/// one target are told apart by their names alone.
public enum GovernanceTemplates {
    /// `cfn_params.jinja`, byte for byte.
    public static var requests: [UInt8] { PackageResources.cfn_params_jinja }
}
