/// Why no credentials could be had. No case holds a secret, a token or a program's output.
public enum CredentialsError: Error, Sendable, Equatable {
    /// No source has any; `tried` names the sources in the order in which they were asked.
    case notFound(tried: [String])
    /// A source is set up but incomplete or wrong; `problem` says how.
    case misconfigured(source: String, problem: String)
    /// A source is set up but gave no credentials; `problem` says why, `advice` what to do.
    case unavailable(source: String, problem: String, advice: String?)
}

extension CredentialsError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .notFound(let tried):
            "no credentials: looked in \(tried.joined(separator: ", ")). "
                + "Run `aws configure` or `aws sso login`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        case .misconfigured(let source, let problem):
            "credentials from \(source): \(problem)"
        case .unavailable(let source, let problem, let advice):
            "credentials from \(source): \(problem)" + (advice.map { ". \($0)" } ?? "")
        }
    }
}
