using System.Security.Cryptography;
using Trama.Rows.Journals;

namespace Trama.Fleet.Sending;

/// <summary>
/// What a sensor has for hubs, on its own disk until a store holds it. It is written to its end only, each message with a checksum; a file
/// goes when all of its messages are stored, and never because a broker has them.
/// </summary>
public sealed class Spool : IDisposable
{
    private const int Files = 32;
    private const long GapBytes = 256 << 10;
    private const long MinFileBytes = 256 << 10;
    private const long MaxFileBytes = 16 << 20;

    private readonly string _folder;
    private readonly long _limit, _fileBytes;
    private readonly long[] _next = new long[FleetMessage.Partitions];
    private readonly SortedDictionary<(int Partition, long Sequence), SpooledMessage> _waiting = [];
    private readonly Queue<SpooledMessage> _written = [];
    // How many messages of each file wait.
    private readonly SortedDictionary<long, int> _files = [];
    private readonly Lock _lock = new();
    private FrameFile? _file;
    private long _number, _bytes;

    /// <summary>Goes on with what is there.</summary>
    /// <param name="folder">Its folder, which is made where it is missing; of this process alone.</param>
    /// <param name="limit">How many bytes it has at most.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public Spool(string folder, long limit)
    {
        (_folder, _limit, _fileBytes) = (folder, limit, Math.Clamp(limit / Files, MinFileBytes, MaxFileBytes));
        Directory.CreateDirectory(folder);
        Array.Fill(_next, 1);
        foreach ((long number, string path) in SpoolFile.In(folder)) Read(number, path);
        // Without a file nothing says what came before.
        if (Incarnation == 0) Incarnation = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
        Turn();
    }

    /// <summary>Of which spool of this sensor it is; never 0.</summary>
    public long Incarnation { get; private set; }

    /// <summary>How many messages wait to be stored.</summary>
    public int Waiting
    {
        get { lock (_lock) return _waiting.Count; }
    }

    /// <summary>How many bytes its files have.</summary>
    public long Bytes
    {
        get { lock (_lock) return _bytes; }
    }

    /// <summary>The sequence that the next message of a partition gets.</summary>
    public long Next(int partition)
    {
        lock (_lock) return _next[partition];
    }

    /// <summary>How many bytes of files were passed over, since they are damaged.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>Adds rows; false, and nothing is added, when it is full. They may be sent once <see cref="Keep"/> was called.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public bool TryAdd(int partition, FleetKind kind, long rows, byte[] body)
    {
        lock (_lock)
        {
            byte[] content = new FleetMessage(Incarnation, partition, _next[partition], kind, rows, body).ToBytes();
            // That rows are missing is told in any case, as long as it is a few times.
            long limit = kind == FleetKind.Gaps ? _limit + GapBytes : _limit;
            if (_bytes + content.Length + Frame.HeaderBytes > limit) return false;
            if (_file!.Length >= _fileBytes) Turn();
            long at = _file!.Length + Frame.HeaderBytes;
            _file.Append(content);
            var message = new SpooledMessage(_number, at, content.Length, partition, _next[partition]++, kind);
            _bytes += Frame.HeaderBytes + content.Length;
            _written.Enqueue(message);
            Note(message);
            return true;
        }
    }

    /// <summary>Has the disk take what was added, and gives what may be sent now, in order.</summary>
    /// <exception cref="IOException">The disk does not; what was added may not be sent yet.</exception>
    public IReadOnlyList<SpooledMessage> Keep()
    {
        lock (_lock)
        {
            // A message that a broker has and the disk has not would leave its sequence to another one.
            _file!.Keep();
            SpooledMessage[] kept = [.. _written];
            _written.Clear();
            return kept;
        }
    }

    /// <summary>Reads a message's bytes; null when it is stored meanwhile.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[]? Read(SpooledMessage message)
    {
        try
        {
            using FileStream file = File.Open(SpoolFile.Of(_folder, message.File), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[message.Length];
            RandomAccess.Read(file.SafeFileHandle, bytes, message.At);
            return bytes;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A store holds these messages of a partition: they are needed no more.</summary>
    /// <param name="incarnation">Of which spool; of another than this nothing is taken.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="ranges">Their sequences.</param>
    public void Stored(long incarnation, int partition, RangeSet ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        if (incarnation != Incarnation || partition is < 0 or >= FleetMessage.Partitions) return;
        lock (_lock)
        {
            foreach (SpooledMessage message in _waiting.Values.Where(message => message.Partition == partition
                && ranges.Contains(message.Sequence)).ToArray())
            {
                _waiting.Remove((partition, message.Sequence));
                _files[message.File]--;
            }

            // The file that is written goes, too, where it is worth a new one.
            if (_files[_number] == 0 && (_file!.Length >= MinFileBytes || _bytes > _limit / 2)) Turn();
            Cut();
        }
    }

    /// <summary>All messages that wait to be stored, and that the disk has.</summary>
    public IReadOnlyList<SpooledMessage> All()
    {
        lock (_lock)
        {
            HashSet<SpooledMessage> notYet = [.. _written];
            return [.. _waiting.Values.Where(message => !notYet.Contains(message))];
        }
    }

    /// <summary>Those of some messages that wait still.</summary>
    public IReadOnlyList<SpooledMessage> StillWaiting(int partition, RangeSet ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return [.. All().Where(message => message.Partition == partition && ranges.Contains(message.Sequence))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Keep();
            _file?.Dispose();
        }
    }

    private void Read(long number, string path)
    {
        byte[] all = File.ReadAllBytes(path);
        ReadOnlySpan<byte> left = all;
        _files[number] = 0;
        (_number, _bytes) = (Math.Max(_number, number), _bytes + all.Length);
        Span<long> next = stackalloc long[FleetMessage.Partitions];
        if (!Frame.TryRead(ref left, out ReadOnlySpan<byte> header) || !SpoolFile.TryReadHeader(header, out long incarnation, next))
        {
            DamagedBytes += all.Length;
            return;
        }

        // A spool whose first files are gone goes on with the same numbers.
        Incarnation = incarnation;
        for (int i = 0; i < next.Length; i++) _next[i] = Math.Max(_next[i], next[i]);
        while (Frame.TryRead(ref left, out ReadOnlySpan<byte> content))
        {
            if (!FleetMessage.TryRead(content.ToArray(), out FleetMessage message) || message.Incarnation != incarnation) break;
            var spooled = new SpooledMessage(number, all.Length - left.Length - content.Length, content.Length, message.Partition,
                message.Sequence, message.Kind);
            _next[message.Partition] = Math.Max(_next[message.Partition], message.Sequence + 1);
            _written.Enqueue(spooled);
            Note(spooled);
        }

        // Whoever was killed left the last one cut; it was never sent.
        DamagedBytes += left.Length;
    }

    private void Note(SpooledMessage message)
    {
        _waiting[(message.Partition, message.Sequence)] = message;
        _files[message.File]++;
    }

    // The next file is on the disk before one goes: it says which sequences were given.
    private void Turn()
    {
        FrameFile? before = _file;
        var file = new FrameFile(SpoolFile.Of(_folder, _number + 1));
        byte[] header = SpoolFile.Header(Incarnation, _next);
        file.Append(header);
        file.Keep();
        before?.Keep();
        before?.Dispose();
        (_file, _number) = (file, _number + 1);
        _files[_number] = 0;
        _bytes += Frame.HeaderBytes + header.Length;
        Cut();
    }

    private void Cut()
    {
        foreach ((long number, _) in _files.Where(file => file.Value == 0 && file.Key != _number).ToArray())
        {
            string path = SpoolFile.Of(_folder, number);
            _bytes -= new FileInfo(path) is { Exists: true } there ? there.Length : 0;
            File.Delete(path);
            _files.Remove(number);
        }
    }
}
