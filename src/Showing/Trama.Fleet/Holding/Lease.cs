using System.Globalization;

namespace Trama.Fleet.Holding;

/// <summary>
/// The right to write a partition. Of two leases the later one is greater, also when the broker lost its disk and counts from 1 again.
/// </summary>
/// <param name="Epoch">When the broker's bucket of leases was made, in nanoseconds since the Unix epoch.</param>
/// <param name="Number">The revision of the bucket with which the lease was taken.</param>
public readonly record struct Lease(long Epoch, ulong Number)
{
    /// <summary>How long the text of one is.</summary>
    public const int TextLength = 33;

    /// <summary>Below 0 when it is earlier than another, above when it is later.</summary>
    public int CompareTo(Lease other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    /// <summary>Reads what <see cref="ToString"/> says at the front of a file's name.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out Lease lease)
    {
        lease = default;
        if (name.Length < TextLength || name[16] != '-'
            || !long.TryParse(name[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long epoch)
            || !ulong.TryParse(name[17..TextLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out ulong number)) return false;
        lease = new Lease(epoch, number);
        return true;
    }

    /// <summary>The text with which names of files begin; it is in order as leases are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch:x16}-{Number:x16}");
}
