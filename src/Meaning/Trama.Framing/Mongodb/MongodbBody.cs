using System.Buffers.Binary;

namespace Trama.Framing.Mongodb;

/// <summary>Reads the body of one message as its bytes come: fixed fields, then the document that tells what it asks for or how that
/// ended; what else is there is passed over.</summary>
internal sealed class MongodbBody
{
    private const int MaxHead = 512;
    private const int MessageHead = 4;
    private const int ReplyHead = 20;

    private readonly BsonWalker _walker = new();
    private KeptBytes _head = new(MaxHead);
    private int _opcode;
    private bool _isReply;
    private long _skips;
    private int _sizeLength;
    private Stage _stage;

    private enum Stage : byte
    {
        Head,
        Kind,
        Size,
        Skip,
        Document,
        Rest,
    }

    /// <summary>What the document says.</summary>
    public MongodbFacts Facts { get; } = new();

    /// <summary>The flags.</summary>
    public uint Flags => _head.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(_head.Bytes);

    /// <summary>How many documents an OP_REPLY has.</summary>
    public int Count => _head.Length < ReplyHead ? 0 : BinaryPrimitives.ReadInt32LittleEndian(_head.Bytes[16..]);

    /// <summary>The full name of the collection, of a request older than OP_MSG.</summary>
    public ReadOnlySpan<byte> Collection
    {
        get
        {
            ReadOnlySpan<byte> name = _head.Bytes[Math.Min(sizeof(int), _head.Length)..];
            int end = name.IndexOf((byte)0);
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>Whether it asks for a command's outcome in the old way.</summary>
    public bool IsCommand => _opcode == MongodbOpcode.Query && Collection.EndsWith(".$cmd"u8);

    /// <summary>Whether the document was read to its end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Begins a message.</summary>
    /// <param name="opcode">What it is.</param>
    /// <param name="isReply">Whether it answers.</param>
    public void Begin(int opcode, bool isReply)
    {
        (_opcode, _isReply, IsWhole) = (opcode, isReply, false);
        _stage = Stage.Head;
        _head.Clear();
        Facts.Clear();
    }

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length && _stage != Stage.Rest;)
        {
            switch (_stage)
            {
                case Stage.Head:
                    _head.Add(bytes.Slice(at++, 1));
                    if (IsHeadOver()) BeginBody();
                    else if (_head.Length == MaxHead) _stage = Stage.Rest;
                    break;
                case Stage.Kind:
                    _stage = bytes[at] switch { 0 => Stage.Document, 1 => Stage.Size, _ => Stage.Rest };
                    (_skips, _sizeLength) = (0, 0);
                    if (bytes[at++] == 0) _walker.Begin();
                    break;
                case Stage.Size:
                    _skips |= (long)bytes[at++] << (8 * _sizeLength);
                    if (++_sizeLength == sizeof(int)) (_stage, _skips) = (Stage.Skip, Math.Max(0, _skips - sizeof(int)));
                    break;
                case Stage.Skip:
                    int skipped = (int)Math.Min(_skips, bytes.Length - at);
                    (at, _skips) = (at + skipped, _skips - skipped);
                    if (_skips == 0) _stage = Stage.Kind;
                    break;
                default:
                    Walk(bytes, ref at);
                    break;
            }
        }
    }

    /// <summary>Passes over missing bytes.</summary>
    public void Pass(int count)
    {
        if (_stage == Stage.Document)
        {
            _walker.Pass(count);
            if (_walker.IsOver) _stage = Stage.Rest;
        }
        else if (_stage == Stage.Skip && count <= _skips)
        {
            _skips -= count;
            if (_skips == 0) _stage = Stage.Kind;
        }
        else
        {
            _stage = Stage.Rest;
        }
    }

    private void Walk(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (_walker.TryTake(bytes, ref at))
            if (_isReply) Facts.TakeReply(_walker);
            else Facts.TakeRequest(_walker);
        if (!_walker.IsOver) return;
        (IsWhole, _stage) = (!_walker.IsBroken, Stage.Rest);
    }

    // What stands before the first document: flags, numbers, a name up to its NUL.
    private bool IsHeadOver() => _opcode switch
    {
        MongodbOpcode.Message => _head.Length == MessageHead,
        MongodbOpcode.Reply => _head.Length == ReplyHead,
        MongodbOpcode.Query => _head.Length >= 13 + Collection.Length && _head.Bytes[4..].Contains((byte)0),
        _ => false,
    };

    private void BeginBody()
    {
        _stage = _opcode == MongodbOpcode.Message ? Stage.Kind : Stage.Document;
        if (_stage == Stage.Document) _walker.Begin();
    }
}
