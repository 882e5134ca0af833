import Diagnostics

extension Rule {
    /// The family S3: buckets and lifecycle scripts.
    static let s3 = [scriptsTwice, scriptFileUnused, unreadableBucket, dottedBucket, restrictedLifecycle]

    private static let scriptsTwice = Rule(
        "S3001", .error, "Scripts exist, or are uploaded into a bucket.",
        because: "With an address of existing scripts nothing is uploaded.", source: "AWS docs: ClusterLifeCycleConfig",
        reads: ["lifecycle.bucket", "lifecycle.s3_uri"]
    ) { context in
        guard context.stack.lifecycle.bucket != nil, context.stack.lifecycle.s3URI != nil else { return }
        context.report(
            "`bucket` and `s3_uri` exclude each other", at: "lifecycle.bucket",
            notes: [context.note("the existing scripts are here", at: "lifecycle.s3_uri")],
            fix: Diagnostic.Fix("remove one of them"))
    }

    private static let scriptFileUnused = Rule(
        "S3002", .error, "An own script file is given only where scripts are uploaded.",
        because: "With `s3_uri` nothing is uploaded, and the nodes would run another script than expected.",
        source: "AWS docs: ClusterLifeCycleConfig", reads: ["lifecycle.script_file", "lifecycle.s3_uri"]
    ) { context in
        guard context.stack.lifecycle.scriptFile != nil, context.stack.lifecycle.s3URI != nil else { return }
        context.report(
            "`script_file` is not uploaded: the scripts are at `s3_uri`", at: "lifecycle.script_file",
            notes: [context.note("the existing scripts are here", at: "lifecycle.s3_uri")],
            fix: Diagnostic.Fix("remove one of them"))
    }

    private static let unreadableBucket = Rule(
        "S3003", .warning, "A role of one's own may read the lifecycle bucket.",
        because: "AWS's managed policy for nodes reads only buckets whose names begin with sagemaker-.",
        source: "AWS docs: AWS managed policies for HyperPod", reads: ["lifecycle", "iam.execution_role_arn"]
    ) { context in
        let lifecycle = context.stack.lifecycle
        guard context.stack.iam.executionRoleARN != nil, let name = lifecycle.s3URI?.bucket ?? lifecycle.bucket?.text,
            !name.hasPrefix("sagemaker-")
        else { return }
        context.report(
            "the role has to be allowed to read bucket \(name)",
            at: lifecycle.s3URI == nil ? "lifecycle.bucket" : "lifecycle.s3_uri",
            notes: [context.note("the role is here", at: "iam.execution_role_arn")],
            fix: Diagnostic.Fix("give the role s3:GetObject and s3:ListBucket on the bucket"))
    }

    private static let dottedBucket = Rule(
        "S3004", .warning, "Names of buckets have no dots.",
        because: "The certificate of S3 does not match host names with further dots.",
        source: "AWS docs: General purpose bucket naming rules",
        reads: ["lifecycle.bucket", "template_bucket", "helm.bucket", "restricted_environment"]
    ) { context in
        let buckets: [(ConfigPath, BucketName?)] = [
            ("template_bucket", context.stack.templateBucket), ("helm.bucket", context.stack.helm.bucket),
            ("lifecycle.bucket", context.stack.lifecycle.bucket),
            ("restricted_environment.input_bucket", context.stack.restrictedEnvironment?.inputBucket),
            ("restricted_environment.output_bucket", context.stack.restrictedEnvironment?.outputBucket),
        ]
        for case (let path, let bucket?) in buckets where bucket.text.contains(".") {
            context.report("a dot in a bucket's name breaks HTTPS with host names", at: path)
        }
    }

    private static let restrictedLifecycle = Rule(
        "S3005", .warning, "Lifecycle settings are given with ordinary groups.",
        because: "Restricted groups run no scripts.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: ["lifecycle", "restricted_instance_groups", "instance_groups"]
    ) { context in
        guard context.stack.lifecycle != LifecycleSettings(), !context.stack.restrictedInstanceGroups.isEmpty,
            context.stack.instanceGroups.isEmpty
        else { return }
        context.report(
            "restricted groups run no lifecycle scripts", atKey: "lifecycle", fix: Diagnostic.Fix("remove it"))
    }
}
