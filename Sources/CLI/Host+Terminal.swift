internal import Foundation
internal import StackGen

extension StackGen.Host {
    /// This machine with the person at its terminal, where there is one.
    static func terminal(_ console: Console = Console()) -> StackGen.Host {
        .live(
            confirm: Console.confirm, askForCode: Console.isInteractive ? Console.askForCode : nil,
            notice: { console.say($0) })
    }
}

extension Console {
    /// Asks for the current code of a multi-factor device; what is typed is not shown.
    static let askForCode: @Sendable (String) async throws -> String = { device in
        Console().say("Code of the multi-factor device \(device):")
        var settings = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        if isTerminal { tcsetattr(STDIN_FILENO, TCSANOW, &silent) }
        defer { if isTerminal { tcsetattr(STDIN_FILENO, TCSANOW, &settings) } }
        return (readLine() ?? "").trimmingCharacters(in: .whitespaces)
    }
}
