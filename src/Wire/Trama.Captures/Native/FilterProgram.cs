using System.Runtime.CompilerServices;

namespace Trama.Captures.Native;

/// <summary>A filter program at a fixed place in memory, run by libpcap without leaving the managed state of the thread.</summary>
internal sealed unsafe class FilterProgram
{
    private readonly BpfInstruction[] _instructions;
    private readonly BpfInstruction* _first;

    /// <summary>Takes a program that libpcap compiled.</summary>
    public FilterProgram(ReadOnlySpan<BpfInstruction> instructions)
    {
        _instructions = GC.AllocateUninitializedArray<BpfInstruction>(instructions.Length, pinned: true);
        instructions.CopyTo(_instructions);
        _first = (BpfInstruction*)Unsafe.AsPointer(ref _instructions[0]);
    }

    /// <summary>The instructions.</summary>
    public ReadOnlyMemory<BpfInstruction> Instructions => _instructions;

    /// <summary>Whether a packet passes.</summary>
    /// <param name="captured">The captured bytes.</param>
    /// <param name="length">The packet's length on the wire.</param>
    public bool Matches(ReadOnlySpan<byte> captured, int length)
    {
        var program = new Libpcap.NativeProgram { Length = (uint)_instructions.Length, Instructions = _first };
        var header = new Libpcap.PacketHeader { Captured = (uint)captured.Length, Original = (uint)length };
        fixed (byte* bytes = captured)
        {
            return Libpcap.OfflineFilter(&program, &header, bytes) != 0;
        }
    }
}
