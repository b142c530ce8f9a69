using System.Globalization;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Diagnosis;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Packets.Decoding;

namespace Trama.Fleet.Trouble;

/// <summary>
/// Keeps the latest packets whole in memory, and, of a connection of which something was found, in a pcapng file of the store. Files have a
/// room of their own, in which the oldest go.
/// </summary>
/// <param name="folder">The store, which this process has taken.</param>
/// <param name="limit">How many bytes the files take at most; the latest may be longer.</param>
/// <param name="memory">How many bytes of packets are kept in memory.</param>
public sealed class TroublePackets(StoreFolder folder, long limit, int memory)
{
    private readonly RecentRecords _recent = new(memory);
    private readonly SegmentDecoder _decoder = new();
    private long _latest;
    private int _isWriting;
    private long _written;

    /// <summary>How often trouble was found while a file was still written, which has none of its own.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Hears why a file could not be written.</summary>
    public Action<string>? Failed { get; init; }

    /// <summary>Keeps a packet.</summary>
    public void Add(in Record record) => _recent.Add(record, ++_latest);

    /// <summary>Something was found: writes what there is of its connection, on a thread of its own, one at a time.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="finding">The finding's name.</param>
    public void Found(ConnectionDiagnosis connection, string finding)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (Interlocked.Exchange(ref _isWriting, 1) != 0)
        {
            if (connection.Id != _written) LeftOut++;
            return;
        }

        _written = connection.Id;
        long latest = _latest;
        ThreadPool.QueueUserWorkItem(_ => Write(connection, finding, latest));
    }

    /// <summary>Waits until what is written is.</summary>
    public void Wait() => SpinWait.SpinUntil(() => Volatile.Read(ref _isWriting) == 0, TimeSpan.FromSeconds(10));

    private void Write(ConnectionDiagnosis connection, string finding, long latest)
    {
        try
        {
            List<long> numbers = Numbers(connection, latest);
            if (numbers.Count == 0) return;
            string name = string.Create(CultureInfo.InvariantCulture,
                $"{Math.Max(0, connection.OpenedAt.Nanoseconds):D20}-{connection.Id}-{finding}.pcapng");
            string path = Path.Combine(folder.Packets, name);
            WriteFile(path, numbers, $"{finding} {connection.Client} {connection.Server}");
            MakeRoom(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CaptureException)
        {
            Failed?.Invoke(error.Message);
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    // The connection's, from the latest back to where memory ends or a packet was seen before it began.
    private List<long> Numbers(ConnectionDiagnosis connection, long latest)
    {
        var numbers = new List<long>();
        for (long number = latest; number > 0 && _recent.TryRead(number, out Record record); number--)
        {
            if (record.Timestamp < connection.OpenedAt) break;
            if (_decoder.Decode(record, out TcpSegment segment) == Decoded.Segment
                && ((segment.Source == connection.Client && segment.Destination == connection.Server)
                    || (segment.Source == connection.Server && segment.Destination == connection.Client))) numbers.Add(number);
        }

        numbers.Reverse();
        return numbers;
    }

    private void WriteFile(string path, List<long> numbers, string comment)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new PcapngWriter(new FileStream(path, options), "trama watch", comment);
        var interfaces = new List<LinkType>();
        foreach (long number in numbers)
        {
            if (!_recent.TryRead(number, out Record record)) continue;
            int place = interfaces.IndexOf(record.LinkType);
            if (place < 0)
            {
                place = interfaces.Count;
                interfaces.Add(record.LinkType);
                writer.AddInterface(new CaptureInterface(record.LinkType, 0) { IsNanosecond = true });
            }

            writer.Write(new Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength, place));
        }

        writer.Flush();
    }

    private void MakeRoom(string latest)
    {
        long room = limit - new FileInfo(latest).Length;
        foreach (FileInfo file in new DirectoryInfo(folder.Packets).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc)
            .Where(file => file.FullName != latest))
        {
            room -= file.Length;
            if (room < 0) file.Delete();
        }
    }
}
