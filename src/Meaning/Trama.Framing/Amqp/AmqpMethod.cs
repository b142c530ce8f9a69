using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Amqp;

/// <summary>A method (AMQP 0-9-1 specification, "Class and Method Details").</summary>
/// <param name="Class">The number of its class.</param>
/// <param name="Id">Its number in the class.</param>
/// <param name="Name">Class and method.</param>
/// <param name="Answers">Which method of the class it answers; 0 for none.</param>
/// <param name="IsAnswered">Whether a method answers it.</param>
/// <param name="Skipped">How many bytes stand before its strings.</param>
/// <param name="Strings">How many short strings stand before its bits.</param>
/// <param name="Named">How many of these are of interest: a queue, an exchange.</param>
/// <param name="NoWait">Which of the bits says that no answer is wanted; -1 for none.</param>
internal sealed record AmqpMethod(
    ushort Class, ushort Id, string Name, ushort Answers = 0, bool IsAnswered = false, int Skipped = 2, int Strings = 0,
    int Named = 0, int NoWait = -1)
{
    /// <summary>The bytes of class and method.</summary>
    public const int Size = 4;

    /// <summary>The class of what concerns the connection.</summary>
    public const ushort Connection = 10;

    /// <summary>The class of what concerns a channel.</summary>
    public const ushort OfChannel = 20;

    /// <summary>The class of work with messages.</summary>
    public const ushort Basic = 60;

    /// <summary>The class of confirmed publishing.</summary>
    public const ushort Confirm = 85;

    private const int Shift = 16;

    private static readonly Dictionary<int, AmqpMethod> All = Pairs().ToDictionary(method => method.Class << Shift | method.Id);

    /// <summary>Its name in UTF-8.</summary>
    public ReadOnlyMemory<byte> Words { get; } = Encoding.ASCII.GetBytes(Name);

    /// <summary>The method at the beginning of a payload; null when there is none of these numbers.</summary>
    public static AmqpMethod? Find(ReadOnlySpan<byte> payload) =>
        payload.Length >= Size ? All.GetValueOrDefault(BinaryPrimitives.ReadInt32BigEndian(payload)) : null;

    /// <summary>Whether it is that of these numbers.</summary>
    public bool Is(ushort number, ushort id) => Class == number && Id == id;

    private static IEnumerable<AmqpMethod> Pairs() =>
    [
        .. Pair(Connection, 10, "Connection.Start"), .. Pair(Connection, 20, "Connection.Secure"),
        .. Pair(Connection, 30, "Connection.Tune"),
        .. Pair(Connection, 40, "Connection.Open", skipped: 0, strings: 1, named: 1), .. Pair(Connection, 50, "Connection.Close"),
        .. Pair(Connection, 70, "Connection.Update-Secret"),
        new(Connection, 60, "Connection.Blocked"), new(Connection, 61, "Connection.Unblocked"),
        .. Pair(OfChannel, 10, "Channel.Open"), .. Pair(OfChannel, 20, "Channel.Flow"), .. Pair(OfChannel, 40, "Channel.Close"),
        .. Pair(30, 10, "Access.Request"),
        .. Pair(40, 10, "Exchange.Declare", strings: 2, named: 1, noWait: 4),
        .. Pair(40, 20, "Exchange.Delete", strings: 1, named: 1, noWait: 1),
        .. Pair(40, 30, "Exchange.Bind", strings: 3, named: 2, noWait: 0),
        .. Pair(40, 40, "Exchange.Unbind", strings: 3, named: 2, noWait: 0, reply: 51),
        .. Pair(50, 10, "Queue.Declare", strings: 1, named: 1, noWait: 4), .. Pair(50, 20, "Queue.Bind", strings: 3, named: 2, noWait: 0),
        .. Pair(50, 30, "Queue.Purge", strings: 1, named: 1, noWait: 0), .. Pair(50, 40, "Queue.Delete", strings: 1, named: 1, noWait: 2),
        .. Pair(50, 50, "Queue.Unbind", strings: 3, named: 2),
        .. Pair(Basic, 10, "Basic.Qos"), .. Pair(Basic, 20, "Basic.Consume", strings: 2, named: 1, noWait: 3),
        .. Pair(Basic, 30, "Basic.Cancel", skipped: 0, strings: 1, noWait: 0),
        new(Basic, 40, "Basic.Publish", Strings: 2), new(Basic, 50, "Basic.Return"), new(Basic, 60, "Basic.Deliver"),
        .. Pair(Basic, 70, "Basic.Get", strings: 1, named: 1), new(Basic, 72, "Basic.Get-Empty", Answers: 70),
        new(Basic, 80, "Basic.Ack"), new(Basic, 90, "Basic.Reject"), new(Basic, 100, "Basic.Recover-Async"),
        .. Pair(Basic, 110, "Basic.Recover"),
        new(Basic, 120, "Basic.Nack"),
        .. Pair(Confirm, 10, "Confirm.Select", skipped: 0, noWait: 0),
        .. Pair(90, 10, "Tx.Select"), .. Pair(90, 20, "Tx.Commit"), .. Pair(90, 30, "Tx.Rollback"),
    ];

    // A method and the one that answers it.
    private static AmqpMethod[] Pair(
        ushort number, ushort id, string name, int skipped = 2, int strings = 0, int named = 0, int noWait = -1, ushort reply = 0) =>
    [
        new(number, id, name, 0, IsAnswered: true, skipped, strings, named, noWait),
        new(number, reply == 0 ? (ushort)(id + 1) : reply, name + "-Ok", Answers: id),
    ];
}
