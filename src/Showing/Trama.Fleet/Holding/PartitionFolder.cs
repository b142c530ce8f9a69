using System.Globalization;
using Trama.Fleet.Sending;
using Trama.Rows;
using Trama.Rows.Journals;

namespace Trama.Fleet.Holding;

/// <summary>The folder of a partition in a hub's store, and the names of what is in it.</summary>
/// <param name="Path">The folder.</param>
internal sealed record PartitionFolder(string Path)
{
    private const string Journal = ".rows";
    private const string RejectedExtension = ".rejected";

    /// <summary>That of a partition.</summary>
    public static PartitionFolder Of(string root, int partition) =>
        new(System.IO.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"p{partition:D2}")));

    /// <summary>A path of a name.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A journal's name.</summary>
    public static string JournalName(Lease lease, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{lease}-{number:D6}{Journal}");

    /// <summary>The name of the file that has what could not be read.</summary>
    public static string RejectedName(Lease lease) => lease + RejectedExtension;

    /// <summary>A table's name, by the lease under which it is made, the journal of which, and the broker's stream from which its rows
    /// came.</summary>
    public static string TableName(Lease lease, string journal, long stream, FleetKind kind) => string.Create(CultureInfo.InvariantCulture,
        $"{lease}-of-{System.IO.Path.GetFileNameWithoutExtension(journal)}-{stream:x16}.{FleetTable.NameOf(kind)}")
        + RowFormat.Parquet.Extension;

    /// <summary>The journals of a lease, in order.</summary>
    public IEnumerable<string> JournalsOf(Lease lease) => Directory.EnumerateFiles(Path, lease + "-*" + Journal)
        .Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Reads a journal's messages, as far as it counts.</summary>
    /// <param name="name">The journal.</param>
    /// <param name="length">How many of its bytes count.</param>
    /// <param name="message">Takes each.</param>
    /// <returns>How many bytes of whole messages there are.</returns>
    public long ReadJournal(string name, long length, Action<HeldMessage, FleetMessage> message)
    {
        using FileStream file = File.Open(this[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] all = new byte[Math.Min(length, file.Length)];
        file.ReadExactly(all);
        ReadOnlySpan<byte> left = all;
        while (Frame.TryRead(ref left, out ReadOnlySpan<byte> frame))
            if (HeldMessage.TryRead(frame, out HeldMessage held) && FleetMessage.TryRead(held.Content, out FleetMessage fleet))
                message(held, fleet);
        return all.Length - left.Length;
    }
}
