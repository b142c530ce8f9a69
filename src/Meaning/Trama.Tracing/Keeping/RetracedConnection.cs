using Trama.Packets;

namespace Trama.Tracing.Keeping;

/// <summary>Traces one connection of a capture once more, from its packets alone: it, its exchanges and its segments are then kept, with
/// the numbers that they have in the capture.</summary>
public sealed class RetracedConnection : ITraceSink
{
    private readonly ConnectionTracker _tracker;
    private readonly long _id;

    /// <summary>Begins.</summary>
    /// <param name="id">The number of the connection.</param>
    /// <param name="options">What is kept of it.</param>
    public RetracedConnection(long id, TracingOptions options)
    {
        _id = id;
        _tracker = new ConnectionTracker(options, this);
        _tracker.Totals.Connections = id - 1;
    }

    /// <summary>The connection, once it was seen; complete after <see cref="Complete"/>.</summary>
    public Connection? Connection { get; private set; }

    /// <summary>Takes the next of its packets.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="number">Its number in the capture.</param>
    public void Observe(in Record record, long number)
    {
        _tracker.Totals.Packets = number - 1;
        _tracker.Observe(record);
    }

    /// <summary>There are no more.</summary>
    public void Complete() => _tracker.Complete();

    void ITraceSink.ConnectionOpened(Connection connection)
    {
        if (connection.Id == _id) Connection = connection;
    }
}
