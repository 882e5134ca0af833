/// Expressions.
extension Frame {
    /// The value of an expression. Each kind has a function of its own, so that deep expressions need little stack.
    func evaluate(_ id: ExpressionID) throws -> Value {
        switch template.tree.expressions[id].kind {
        case .constant(let constant): return template.tree.constants[constant].value
        case .variable(let slot, let name): return self[slot] ?? undefined(name)
        case .outerVariable(let hops, let slot, let name): return outer(hops)[slot] ?? undefined(name)
        case .attribute(let operand, let name): return try attribute(id, operand, name)
        case .call: return try call(id, printing: false) ?? .none
        case .filter(let operand, let application): return try filter(operand, application)
        case .test(let operand, let application): return .bool(try test(operand, application))
        case .not, .and, .or, .compare, .chain: return try logic(id)
        case .negate, .plus, .arithmetic: return try arithmetic(id)
        case .item, .slice: return try item(id)
        case .concatenate(let parts, let escape): return try concatenate(id, parts, escape)
        case .conditional(let test, let then, let otherwise): return try conditional(test, then, otherwise)
        case .tuple, .list, .dict: return try collection(id)
        case .failure(let error): throw located(template.tree.failures[error], range(id))
        case .name(let name): return undefined(name)
        }
    }

    @inline(never)
    private func undefined(_ name: NameID) -> Value {
        name == .captured ? .none : state.undefined(template.tree.names[name].text)
    }

    /// The truth of an expression.
    func isTrue(_ id: ExpressionID) throws -> Bool {
        switch template.tree.expressions[id].kind {
        case .compare(let operation, let left, let right): return try compare(id, operation, left, right)
        case .test(let operand, let application): return try test(operand, application)
        case .not(let operand):
            let value = try evaluate(operand)
            do { return try !value.isTrue() } catch { throw located(error, range(id)) }
        default:
            let value = try evaluate(id)
            do { return try value.isTrue() } catch { throw located(error, range(id)) }
        }
    }

    // MARK: - Members

    @inline(never)
    private func attribute(_ id: ExpressionID, _ operand: ExpressionID, _ nameID: NameID) throws -> Value {
        let name = template.tree.names[nameID]
        // A key of a mapping in a variable, which most members are, without a copy of the variable.
        if case .variable(let slot, _) = template.tree.expressions[operand].kind, case .dict(let mapping)? = self[slot],
            !name.methods.contains(.dict), let value = mapping[name]
        {
            return value
        }
        let value = try evaluate(operand)
        do {
            switch value {
            case .dict(let mapping):
                if !name.methods.contains(.dict), let value = mapping[name] { return value }
            case .object(let object):
                if let member = name.loopMember, let loop = object as? LoopObject { return try loop.member(member) }
            default: break
            }
            return try value.attribute(name.text, in: state)
        } catch {
            throw located(error, range(id))
        }
    }

    @inline(never)
    private func item(_ id: ExpressionID) throws -> Value {
        if case .item(let operand, let keyID) = template.tree.expressions[id].kind {
            let value = try evaluate(operand)
            let key = try evaluate(keyID)
            do {
                return try value.item(key, in: state)
            } catch {
                throw located(error, range(id))
            }
        }
        guard case .slice(let operand, let parts) = template.tree.expressions[id].kind else { return .none }
        let bounds = template.tree.slices[parts]
        let value = try evaluate(operand)
        let start = try bounds.start.exists ? evaluate(bounds.start) : nil
        let stop = try bounds.stop.exists ? evaluate(bounds.stop) : nil
        let step = try bounds.step.exists ? evaluate(bounds.step) : nil
        do {
            return try value.sliced(start, stop, step)
        } catch {
            throw located(error, range(id))
        }
    }

    // MARK: - Operators

    @inline(never)
    private func arithmetic(_ id: ExpressionID) throws -> Value {
        switch template.tree.expressions[id].kind {
        case .arithmetic(let operation, let left, let right):
            let one = try evaluate(left)
            let two = try evaluate(right)
            do { return try Value.arithmetic(operation, one, two, in: state) } catch { throw located(error, range(id)) }
        case .negate(let operand):
            let value = try evaluate(operand)
            do { return try value.negated() } catch { throw located(error, range(id)) }
        case .plus(let operand):
            let value = try evaluate(operand)
            do { return try value.plus() } catch { throw located(error, range(id)) }
        default: return .none
        }
    }

    /// `and` and `or` answer with one of their operands.
    @inline(never)
    private func logic(_ id: ExpressionID) throws -> Value {
        switch template.tree.expressions[id].kind {
        case .compare, .not: return .bool(try isTrue(id))
        case .and(let left, let right):
            let value = try evaluate(left)
            return try isTrue(value, left) ? evaluate(right) : value
        case .or(let left, let right):
            let value = try evaluate(left)
            return try isTrue(value, left) ? value : evaluate(right)
        case .chain(let chain): return .bool(try chainHolds(id, template.tree.chains[chain]))
        default: return .none
        }
    }

    private func isTrue(_ value: Value, _ id: ExpressionID) throws -> Bool {
        do { return try value.isTrue() } catch { throw located(error, range(id)) }
    }

    @inline(never)
    private func compare(
        _ id: ExpressionID, _ operation: ComparisonOperator, _ left: ExpressionID, _ right: ExpressionID
    ) throws -> Bool {
        let one = try evaluate(left)
        let two = try evaluate(right)
        do { return try operation.holds(one, two) } catch { throw located(error, range(id)) }
    }

    private func chainHolds(_ id: ExpressionID, _ chain: ComparisonChain) throws -> Bool {
        let operands = template.tree.expressionLists[chain.operands]
        let operators = template.tree.operators[chain.operators]
        guard let first = operands.first else { return true }
        var left = try evaluate(first)
        for (operation, operand) in zip(operators, operands.dropFirst()) {
            let right = try evaluate(operand)
            do {
                guard try operation.holds(left, right) else { return false }
            } catch {
                throw located(error, range(id))
            }
            left = right
        }
        return true
    }

    @inline(never)
    private func concatenate(_ id: ExpressionID, _ parts: Run<ExpressionID>, _ escape: EscapeMode) throws -> Value {
        var values: ContiguousArray<Value> = []
        values.reserveCapacity(Int(parts.count))
        for index in parts.indices { values.append(try evaluate(template.tree.expressionLists[index])) }
        do {
            if escape == .html, values.contains(where: \.isMarkup) {
                return .markup(try values.reduce(into: "") { $0 += try HTML.escaped($1) })
            }
            var text = ""
            for value in values { text += try value.printed() }
            try state.charge(bytes: text.utf8.count)
            return .string(text)
        } catch {
            throw located(error, range(id))
        }
    }

    @inline(never)
    private func conditional(
        _ test: ExpressionID, _ then: ExpressionID, _ otherwise: ExpressionID
    ) throws -> Value {
        if try isTrue(test) { return try evaluate(then) }
        if otherwise.exists { return try evaluate(otherwise) }
        // Jinja2 uses the plain undefined here, whatever the environment's is.
        let hint = "the inline if-expression evaluated to false and no else section was defined."
        return .undefined(Undefined(name: "", behavior: .lenient, hint: hint))
    }

    // MARK: - Collections

    @inline(never)
    private func collection(_ id: ExpressionID) throws -> Value {
        switch template.tree.expressions[id].kind {
        case .tuple(let items): return .tuple(TupleValue(try evaluate(items)))
        case .list(let items): return .list(ListValue(try evaluate(items)))
        case .dict(let items): return .dict(try mapping(items))
        default: return .none
        }
    }

    func evaluate(_ items: Run<ExpressionID>) throws -> ContiguousArray<Value> {
        if items.isEmpty { return [] }
        var values: ContiguousArray<Value> = []
        values.reserveCapacity(Int(items.count))
        for index in items.indices { values.append(try evaluate(template.tree.expressionLists[index])) }
        return values
    }

    private func mapping(_ items: Run<ExpressionID>) throws -> DictValue {
        let mapping = DictValue()
        for index in stride(from: items.indices.lowerBound, to: items.indices.upperBound, by: 2) {
            let keyID = template.tree.expressionLists[index]
            let key = try evaluate(keyID)
            do { try key.requireHashable() } catch { throw located(error, range(keyID)) }
            mapping.set(key, try evaluate(template.tree.expressionLists[index + 1]))
        }
        return mapping
    }
}

extension ComparisonOperator {
    /// Whether two values compare so.
    func holds(_ left: Value, _ right: Value) throws -> Bool {
        switch self {
        case .equal: try left.isEqual(to: right)
        case .notEqual: try !left.isEqual(to: right)
        case .contained: try left.isContained(in: right)
        case .notContained: try !left.isContained(in: right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: try left.isOrdered(self, right)
        }
    }
}
