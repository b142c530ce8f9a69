using System.Buffers.Binary;

namespace Trama.Captures.Filters;

/// <summary>
/// Runs filter programs over packets. A read beyond the captured bytes, a division by zero and an unknown instruction reject the
/// packet, as the kernel does; jumps only go forward, so every program ends.
/// </summary>
internal static class BpfMachine
{
    private const int ScratchWords = 16;

    /// <summary>How many bytes of the packet to keep: 0 rejects it.</summary>
    /// <param name="program">The instructions.</param>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="length">The packet's length on the wire.</param>
    public static uint Run(ReadOnlySpan<BpfInstruction> program, ReadOnlySpan<byte> packet, uint length)
    {
        Span<uint> scratch = stackalloc uint[ScratchWords];
        uint a = 0, x = 0;
        for (int next = 0; (uint)next < (uint)program.Length;)
        {
            ref readonly BpfInstruction instruction = ref program[next++];
            uint k = instruction.Operand;
            switch (instruction.Code)
            {
                case BpfCode.LoadWord:
                    if (!TryWord(packet, k, out a)) return 0;
                    break;
                case BpfCode.LoadHalf:
                    if (!TryHalf(packet, k, out a)) return 0;
                    break;
                case BpfCode.LoadByte:
                    if (k >= (uint)packet.Length) return 0;
                    a = packet[(int)k];
                    break;
                case BpfCode.LoadWordIndexed:
                    if (!TryWord(packet, (ulong)x + k, out a)) return 0;
                    break;
                case BpfCode.LoadHalfIndexed:
                    if (!TryHalf(packet, (ulong)x + k, out a)) return 0;
                    break;
                case BpfCode.LoadByteIndexed:
                    ulong index = (ulong)x + k;
                    if (index >= (uint)packet.Length) return 0;
                    a = packet[(int)index];
                    break;
                case BpfCode.LoadIpHeaderLength:
                    if (k >= (uint)packet.Length) return 0;
                    x = (uint)(packet[(int)k] & 0x0F) << 2;
                    break;
                case BpfCode.LoadConstant: a = k; break;
                case BpfCode.LoadIndexConstant: x = k; break;
                case BpfCode.LoadLength: a = length; break;
                case BpfCode.LoadIndexLength: x = length; break;
                case BpfCode.LoadScratch: a = scratch[(int)(k % ScratchWords)]; break;
                case BpfCode.LoadIndexScratch: x = scratch[(int)(k % ScratchWords)]; break;
                case BpfCode.Store: scratch[(int)(k % ScratchWords)] = a; break;
                case BpfCode.StoreIndex: scratch[(int)(k % ScratchWords)] = x; break;
                case BpfCode.Jump: next = (int)Math.Min(next + (long)k, program.Length); break;
                case BpfCode.JumpEqual: next += a == k ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpGreater: next += a > k ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpGreaterOrEqual: next += a >= k ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpSet: next += (a & k) != 0 ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpEqualIndex: next += a == x ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpGreaterIndex: next += a > x ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpGreaterOrEqualIndex: next += a >= x ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.JumpSetIndex: next += (a & x) != 0 ? instruction.JumpTrue : instruction.JumpFalse; break;
                case BpfCode.MoveToIndex: x = a; break;
                case BpfCode.MoveFromIndex: a = x; break;
                case BpfCode.ReturnConstant: return k;
                case BpfCode.ReturnAccumulator: return a;
                default:
                    if (!BpfArithmetic.TryApply(instruction.Code, ref a, (instruction.Code & BpfCode.FromIndex) != 0 ? x : k)) return 0;
                    break;
            }
        }

        return 0;
    }

    private static bool TryWord(ReadOnlySpan<byte> packet, ulong offset, out uint value)
    {
        if (offset + 4 > (uint)packet.Length)
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt32BigEndian(packet[(int)offset..]);
        return true;
    }

    private static bool TryHalf(ReadOnlySpan<byte> packet, ulong offset, out uint value)
    {
        if (offset + 2 > (uint)packet.Length)
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)offset..]);
        return true;
    }
}
