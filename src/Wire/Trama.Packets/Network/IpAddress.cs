using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Trama.Packets.Network;

/// <summary>An IPv4 or IPv6 address, as a plain copyable value.</summary>
public readonly record struct IpAddress
{
    /// <summary>The most bytes <see cref="TryFormat"/> ever writes.</summary>
    public const int MaxTextLength = 45;

    private readonly ulong _high;
    private readonly ulong _low;

    private IpAddress(bool isIpv6, ulong high, ulong low) => (IsIpv6, _high, _low) = (isIpv6, high, low);

    /// <summary>Whether the address is an IPv6 one.</summary>
    public bool IsIpv6 { get; }

    /// <summary>The IPv4 address whose four bytes, in network order, are <paramref name="value"/>.</summary>
    public static IpAddress FromIpv4(uint value) => new(false, 0, value);

    /// <summary>Reads an address from its bytes in network order.</summary>
    /// <param name="bytes">4 bytes for IPv4, 16 for IPv6; any other length is misuse.</param>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(true, BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])),
        _ => throw new ArgumentException("An address has 4 or 16 bytes.", nameof(bytes)),
    };

    /// <summary>Writes the address' bytes in network order and returns how many: 4 or 16.</summary>
    public int WriteBytes(Span<byte> destination)
    {
        if (!IsIpv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    /// <summary>Adds the address' bytes to a checksum.</summary>
    internal InternetChecksum AddTo(InternetChecksum sum) => IsIpv6
        ? sum.Add((uint)(_high >> 32)).Add((uint)_high).Add((uint)(_low >> 32)).Add((uint)_low) : sum.Add((uint)_low);

    /// <summary>
    /// Writes the address as UTF-8 text: dotted decimal, or RFC 4291 text with the longest run of two or more zero groups
    /// shortened (RFC 5952) and a trailing IPv4 address where the prefix is <c>::</c> or <c>::ffff:</c>.
    /// </summary>
    /// <returns>False when <paramref name="destination"/> is too small; <see cref="MaxTextLength"/> always suffices.</returns>
    public bool TryFormat(Span<byte> destination, out int written)
    {
        if (IsIpv6) return TryFormatIpv6(destination, out written);
        return TryFormatIpv4((uint)_low, destination, out written);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(IpAddress other) => _low == other._low && _high == other._high && IsIpv6 == other.IsIpv6;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ulong mixed = (_low ^ (_high * 0x9e3779b97f4a7c15)) * 0xbf58476d1ce4e5b9;
        return (int)(mixed >> 32);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        TryFormat(text, out int written);
        return Encoding.ASCII.GetString(text[..written]);
    }

    private static bool TryFormatIpv4(uint value, Span<byte> destination, out int written)
    {
        written = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            if (!Utf8Formatter.TryFormat((byte)(value >> shift), destination[written..], out int digits)) return false;
            written += digits;
            if (shift == 0) return true;
            if (written == destination.Length) return false;
            destination[written++] = (byte)'.';
        }

        return true;
    }

    private bool TryFormatIpv6(Span<byte> destination, out int written)
    {
        written = 0;
        Span<byte> text = stackalloc byte[MaxTextLength];
        var (zeroStart, zeroLength) = LongestZeroRun();
        bool endsInIpv4 = zeroStart == 0 && (zeroLength == 6 || (zeroLength == 5 && Group(5) == 0xffff));
        int length = 0;
        for (int group = 0; group < 8; group++)
        {
            if (zeroLength > 0 && group == zeroStart)
            {
                text[length++] = (byte)':';
                group += zeroLength - 1;
                if (group == 7) text[length++] = (byte)':';
                continue;
            }

            if (group > 0) text[length++] = (byte)':';
            if (group == 6 && endsInIpv4)
            {
                TryFormatIpv4((uint)_low, text[length..], out int tail);
                length += tail;
                break;
            }

            Utf8Formatter.TryFormat(Group(group), text[length..], out int digits, new System.Buffers.StandardFormat('x'));
            length += digits;
        }

        if (!text[..length].TryCopyTo(destination)) return false;
        written = length;
        return true;
    }

    private ushort Group(int index) => (ushort)((index < 4 ? _high : _low) >> (48 - 16 * (index & 3)));

    private (int Start, int Length) LongestZeroRun()
    {
        int start = -1, best = 0;
        for (int group = 0, run = 0; group < 8; group++)
        {
            run = Group(group) == 0 ? run + 1 : 0;
            if (run > best) (start, best) = (group - run + 1, run);
        }

        return best >= 2 ? (start, best) : (-1, 0);
    }
}
