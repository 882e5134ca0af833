internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The resource types of the template against the region's registry.
    static let resourceTypes = PreflightCheck(name: "resource types") { subject in
        var found: [Diagnostic] = []
        for type in subject.resourceTypes {
            switch try await subject.types.entry(of: type) {
            case .known: break
            case .missing:
                found.append(
                    subject.finding(
                        .resourceType, "CloudFormation does not know \(type) in \(subject.region)",
                        at: subject.path(ofType: type), fix: "choose another region, or leave this part out"))
            case .unasked(let reason):
                return found + [subject.unasked("resource types were not checked", because: reason)]
            }
        }
        return found
    }
}

extension PreflightSubject {
    /// The types of the template that the registry knows, each once, in the order of the template.
    var resourceTypes: [String] {
        var seen: Set<String> = []
        return compilation.evaluated.resources.map(\.type).filter { type in
            !type.hasPrefix("Custom::") && type != "AWS::CloudFormation::CustomResource" && seen.insert(type).inserted
        }
    }

    /// The part of the configuration that a resource type comes from.
    func path(ofType type: String) -> String {
        let parts: [(prefix: String, path: String)] = [
            ("AWS::EC2::", "vpc"), ("AWS::IAM::", "iam"), ("AWS::EKS::Addon", "addons"), ("AWS::EKS::", "eks"),
            ("AWS::FSx::", "fsx"), ("AWS::Lambda::", "lifecycle"), ("AWS::S3::", "lifecycle"),
            (
                "AWS::SageMaker::Cluster",
                stack.instanceGroups.isEmpty ? "restricted_instance_groups" : "instance_groups"
            ),
            ("AWS::SageMaker::", "task_governance"), ("AWS::CloudFormation::Stack", "helm"),
        ]
        // The scheduler configuration's type begins as the cluster's does.
        if type == "AWS::SageMaker::ClusterSchedulerConfig" { return "task_governance" }
        return parts.first { type.hasPrefix($0.prefix) }?.path ?? "kind"
    }
}
