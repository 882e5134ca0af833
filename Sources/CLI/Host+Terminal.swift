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
        let hidden = HiddenTyping()
        defer { hidden.end() }
        Console().say("Code of the multi-factor device \(device):")
        return (readLine() ?? "").trimmingCharacters(in: .whitespaces)
    }
}

/// A terminal that does not show what is typed. Ctrl-C ends the program as always, and leaves a terminal that shows it.
private struct HiddenTyping {
    /// How the terminal was; read by the signal's handler, which can take nothing along.
    nonisolated(unsafe) private static var before = termios()
    private let isTerminal: Bool
    private let previous: __sighandler_t?

    init() {
        isTerminal = tcgetattr(STDIN_FILENO, &Self.before) == 0
        guard isTerminal else {
            previous = nil
            return
        }
        var silent = Self.before
        silent.c_lflag &= ~tcflag_t(ECHO)
        previous = signal(SIGINT) { number in
            tcsetattr(STDIN_FILENO, TCSANOW, &HiddenTyping.before)
            signal(number, SIG_DFL)
            raise(number)
        }
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
    }

    func end() {
        guard isTerminal else { return }
        tcsetattr(STDIN_FILENO, TCSANOW, &Self.before)
        signal(SIGINT, previous)
    }
}
