namespace Trama.Captures.Filters;

/// <summary>The arithmetic instructions, which filters use rarely.</summary>
internal static class BpfArithmetic
{
    /// <summary>Applies an operation to the accumulator; false for a division by zero and for a code that is no operation.</summary>
    public static bool TryApply(ushort code, ref uint a, uint operand)
    {
        switch (code & ~BpfCode.FromIndex)
        {
            case BpfCode.Add: a += operand; return true;
            case BpfCode.Subtract: a -= operand; return true;
            case BpfCode.Multiply: a *= operand; return true;
            case BpfCode.Divide when operand != 0: a /= operand; return true;
            case BpfCode.Modulo when operand != 0: a %= operand; return true;
            case BpfCode.And: a &= operand; return true;
            case BpfCode.Or: a |= operand; return true;
            case BpfCode.ExclusiveOr: a ^= operand; return true;
            case BpfCode.ShiftLeft: a = operand < 32 ? a << (int)operand : 0; return true;
            case BpfCode.ShiftRight: a = operand < 32 ? a >> (int)operand : 0; return true;
            case BpfCode.Negate: a = 0 - a; return true;
            default: return false;
        }
    }
}
