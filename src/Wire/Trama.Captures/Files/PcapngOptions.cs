using System.Runtime.InteropServices;

namespace Trama.Captures.Files;

/// <summary>Steps through the options of a pcapng block.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct PcapngOptions(ReadOnlySpan<byte> bytes, FieldOrder order)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private readonly FieldOrder _order = order;

    /// <summary>The option's code; its meaning depends on the block.</summary>
    public ushort Code { get; private set; }

    /// <summary>The option's value, without padding.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the block ends in the middle of an option.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the end-of-options mark has a value, which it must not have.</summary>
    public bool EndHasValue { get; private set; }

    /// <summary>Moves to the next option; false after the last one, at the end-of-options mark and where the block is cut.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        if (_rest.Length < 4) return Cut();
        Code = _order.U16(_rest, 0);
        int length = _order.U16(_rest, 2);
        int padded = PcapngFormat.Padded(length);
        if (_rest.Length - 4 < padded) return Cut();
        Value = _rest.Slice(4, length);
        _rest = _rest[(4 + padded)..];
        if (Code != PcapngFormat.EndOfOptions) return true;
        EndHasValue = length != 0;
        _rest = default;
        return false;
    }

    private bool Cut()
    {
        IsCut = true;
        _rest = default;
        return false;
    }
}
