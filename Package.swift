// swift-tools-version: 6.1
import PackageDescription

/// One set of switches for all code of ours: imports stay private unless they are part of an API.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "stackgen",
    platforms: [.macOS(.v13)],
    products: [
        .executable(name: "stackgen", targets: ["CLI"]),
        .library(name: "StackGen", targets: ["StackGen"]),
        .library(name: "Jinja", targets: ["Jinja"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    ],
    targets: [
        // Leaves: where a problem is, how YAML is read, how a template is evaluated.
        .target(name: "Diagnostics", swiftSettings: settings),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "YAML", dependencies: ["CYAML", "Diagnostics"], swiftSettings: settings),
        .target(name: "Jinja", dependencies: ["Diagnostics"], swiftSettings: settings),

        // What a configuration may say, and how it reaches AWS. Neither knows the other.
        .target(
            name: "StackSchemas", dependencies: ["YAML", "Diagnostics"], resources: [.embedInCode("Catalogs")],
            swiftSettings: settings),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl", .when(platforms: [.macOS]))]),
        .target(
            name: "AWS", dependencies: ["CCurl", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),

        // Kueue's scheduler as a computation: what a policy does with jobs. Knows no configuration.
        .target(name: "Governance", swiftSettings: settings),

        // The templates, embedded in the binary.
        .target(
            name: "Templates", dependencies: ["GovernanceTemplates", "HostedTemplates"], path: "templates",
            exclude: ["hosted-stack", "task-governance"],
            resources: [.embedInCode("cluster-stack")], swiftSettings: settings),
        .target(
            name: "GovernanceTemplates", path: "templates/task-governance",
            resources: [.embedInCode("cfn_params.jinja")], swiftSettings: settings),
        .target(
            name: "HostedTemplates", path: "templates/hosted-stack", resources: [.embedInCode("cfn_params.jinja")],
            swiftSettings: settings),

        // Example configurations, embedded in the binary.
        .target(
            name: "ExampleConfigs", path: "examples/clusters",
            resources: [
                .embedInCode("minimal.yaml"), .embedInCode("talk.yaml"), .embedInCode("existing.yaml"),
                .embedInCode("p5-efa.yaml"), .embedInCode("trainium.yaml"), .embedInCode("restricted.yaml"),
            ],
            swiftSettings: settings),

        // The workflows, and their thin face.
        .target(
            name: "StackGen",
            dependencies: [
                "AWS", "Diagnostics", "ExampleConfigs", "Governance", "Jinja", "StackSchemas", "Templates", "YAML",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "AWS", "Diagnostics", "Governance", "StackGen",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // A program of somebody else's, as small as can be.
        .executableTarget(
            name: "fleet-report", dependencies: ["StackGen", "Diagnostics"], path: "examples/fleet",
            swiftSettings: settings),

        // Measures the engine (Benchmarks/run), and looks for templates that break it.
        .executableTarget(
            name: "jinja-benchmark", dependencies: ["Jinja", "Diagnostics"], path: "Benchmarks/engine",
            swiftSettings: settings),
        .executableTarget(
            name: "jinja-fuzzer", dependencies: ["Jinja", "Diagnostics"], path: "Tests/JinjaFuzzer",
            swiftSettings: settings),

        // Measures the simulator of task governance (Benchmarks/governance/run).
        .executableTarget(
            name: "governance-benchmark", dependencies: ["Governance"], path: "Benchmarks/governance",
            exclude: ["run"], swiftSettings: settings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "DiagnosticsTests", dependencies: ["Diagnostics"], exclude: ["Cases"], swiftSettings: settings),
        .testTarget(
            name: "YAMLTests", dependencies: ["YAML", "Diagnostics"], exclude: ["Cases"], swiftSettings: settings),
        .testTarget(
            name: "JinjaTests", dependencies: ["Jinja", "Diagnostics"], exclude: ["Cases", "differential"],
            swiftSettings: settings),
        .testTarget(
            name: "StackSchemasTests", dependencies: ["StackSchemas", "YAML", "Diagnostics"], exclude: ["Cases"],
            swiftSettings: settings),
        .testTarget(
            name: "AWSTests", dependencies: ["AWS", "TestSupport"], exclude: ["Cases", "differential"],
            swiftSettings: settings),
        .testTarget(
            name: "GovernanceTests", dependencies: ["Governance"], exclude: ["Cases"], swiftSettings: settings),
        .testTarget(
            name: "StackGenTests", dependencies: ["StackGen", "AWS", "Diagnostics", "TestSupport", "YAML"],
            exclude: ["Cases"],
            swiftSettings: settings),
    ]
)
