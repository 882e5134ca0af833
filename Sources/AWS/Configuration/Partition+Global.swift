extension Partition {
    /// The host of a service that the partition has once.
    ///
    /// No rule covers them: the names are those of botocore's endpoint rules for IAM, and a test compares them.
    func globalHost(_ prefix: String, fipsPrefix: String, usesFIPS: Bool, usesDualStack: Bool) -> String {
        switch id {
        case "aws":
            let name = usesFIPS ? fipsPrefix : prefix
            return usesDualStack ? "\(name).global.\(dualStackDNSSuffix)" : "\(name).\(dnsSuffix)"
        case "aws-us-gov":
            // All of them have FIPS cryptography.
            return "\(prefix).us-gov.\(usesDualStack ? dualStackDNSSuffix : dnsSuffix)"
        case "aws-iso", "aws-iso-b":
            let name = usesFIPS ? fipsPrefix : prefix
            return usesDualStack ? "\(name).\(dualStackDNSSuffix)" : "\(name).\(globalRegion).\(dnsSuffix)"
        default:
            let name = usesFIPS ? fipsPrefix : prefix
            guard !usesDualStack else {
                let hasLabel = !usesFIPS && (id == "aws-cn" || id == "aws-eusc")
                return "\(name)\(hasLabel ? ".global" : "").\(dualStackDNSSuffix)"
            }
            return usesFIPS ? "\(name).\(dnsSuffix)" : "\(name).\(globalRegion).\(dnsSuffix)"
        }
    }
}
