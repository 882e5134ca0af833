import Diagnostics

extension Rule {
    /// NAT gateways and endpoints.
    static let endpoints = [closedNetworkEndpoints, closedNetworkS3, unknownEndpoint, manyAddresses, closedNetworkHelm]

    /// The services that nodes need without a way to the internet.
    private static let neededServices = [
        "ec2", "ecr.api", "ecr.dkr", "sts", "logs", "monitoring", "ssm", "ssmmessages", "ec2messages", "eks-auth",
    ]

    private static let knownServices =
        neededServices + [
            "eks", "sagemaker.api", "sagemaker.runtime", "elasticloadbalancing", "autoscaling", "s3", "fsx", "kms",
            "sns",
            "sqs", "lambda", "cloudformation", "aps", "aps-workspaces", "grafana", "grafana-workspace",
            "secretsmanager",
            "events", "athena", "glue", "bedrock-runtime", "codecommit", "elasticfilesystem", "xray", "ec2messages",
        ]

    private static let closedNetworkEndpoints = Rule(
        "NET060", .warning, "Without a NAT gateway the services that nodes call have endpoints.",
        because: "Nodes start, pull images and report through these services; without a way to them they never join.",
        source: "aws-samples/awsome-distributed-training: hyperpod-eks-tf/modules/vpc_endpoints/main.tf",
        reads: ["vpc.id", "vpc.nat_gateways", "vpc.interface_endpoints", "addons.training_operator"]
    ) { context in
        let stack = context.stack
        guard stack.vpc.id == nil, stack.vpc.natGateways == .none else { return }
        let needed = neededServices + (stack.addons.trainingOperator.enabled ? ["sagemaker.api"] : [])
        let present = stack.vpc.interfaceEndpoints.map(\.text)
        let missing = needed.filter { !present.contains($0) }
        guard !missing.isEmpty else { return }
        context.report(
            "without a NAT gateway the nodes need endpoints of \(missing.joined(separator: ", "))",
            at: "vpc.nat_gateways",
            fix: Diagnostic.Fix(
                "add them to `vpc.interface_endpoints`: [\((present + missing).joined(separator: ", "))]"))
    }

    private static let closedNetworkS3 = Rule(
        "NET061", .error, "Without a NAT gateway S3 has its gateway endpoint.",
        because: "Nodes load the lifecycle script and the layers of images from S3.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod",
        reads: ["vpc.id", "vpc.nat_gateways", "vpc.s3_gateway_endpoint", "vpc.interface_endpoints"]
    ) { context in
        let vpc = context.stack.vpc
        guard vpc.id == nil, vpc.natGateways == .none, !vpc.s3GatewayEndpoint,
            !vpc.interfaceEndpoints.contains("s3")
        else { return }
        context.report(
            "without a NAT gateway the nodes cannot reach S3", at: "vpc.s3_gateway_endpoint",
            fix: context.replacement(of: "vpc.s3_gateway_endpoint", with: "true"))
    }

    private static let unknownEndpoint = Rule(
        "NET062", .warning, "The services of interface endpoints are known.",
        because: "EC2 refuses an endpoint of a service that the region does not have.",
        source: "AWS docs: AWS services that integrate with AWS PrivateLink", reads: ["vpc.interface_endpoints"]
    ) { context in
        for (index, service) in context.stack.vpc.interfaceEndpoints.enumerated()
        where !knownServices.contains(service.text) {
            let path = ("vpc.interface_endpoints" as ConfigPath)[index]
            let nearest = Spelling.nearest(to: service.text, in: knownServices)
            context.report(
                "service \(service) is not in the catalog", at: path, label: nearest.map { "did you mean `\($0)`?" },
                fix: nearest.map { context.replacement(of: path, with: $0) })
        }
    }

    private static let manyAddresses = Rule(
        "NET063", .note, "An account has five elastic IP addresses in a region unless its quota was raised.",
        because: "Every NAT gateway takes one.", source: "AWS docs: Amazon VPC quotas",
        reads: ["vpc.id", "vpc.nat_gateways", "vpc.availability_zones", "vpc.subnets"]
    ) { context in
        guard let network = context.plan?.network, network.natZones.count > 5 else { return }
        context.report(
            "\(network.natZones.count) NAT gateways take more than the 5 elastic IP addresses of an ordinary account",
            at: "vpc.nat_gateways")
    }

    private static let closedNetworkHelm = Rule(
        "NET064", .warning, "Without a NAT gateway the images of the Helm chart are mirrored.",
        because: "The chart's images come from registries of the internet, which a closed network cannot reach.",
        source: "aws-samples/awsome-distributed-training: hyperpod-eks-tf/closed-network.tfvars",
        reads: ["vpc.id", "vpc.nat_gateways", "helm.install", "helm.repository_url"]
    ) { context in
        let stack = context.stack
        guard stack.vpc.id == nil, stack.vpc.natGateways == .none, stack.helm.install,
            stack.helm.repositoryURL == HelmSettings().repositoryURL
        else { return }
        context.report(
            "the chart's images come from the internet, which these nodes cannot reach", at: "vpc.nat_gateways",
            fix: Diagnostic.Fix("set `helm.repository_url` to a copy of the chart whose images lie in ECR"))
    }
}

extension Rule {
    /// The family NET.
    static let network = addressRanges + zones + subnets + addressCapacity + endpoints
}
