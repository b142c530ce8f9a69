using System.Runtime.InteropServices;

namespace Trama.Captures;

/// <summary>An instruction of the packet filter machine (McCanne and Jacobson, 1993).</summary>
/// <param name="Code">Class, size, mode or operation, and source.</param>
/// <param name="JumpTrue">How many instructions a true comparison skips.</param>
/// <param name="JumpFalse">How many instructions a false comparison skips.</param>
/// <param name="Operand">The constant: an offset, a value or an index.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BpfInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Operand);
