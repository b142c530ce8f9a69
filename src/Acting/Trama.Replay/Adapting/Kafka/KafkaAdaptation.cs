using System.Buffers.Binary;
using System.Text;
using Trama.Replay.Adapting.Numbers;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Kafka;

/// <summary>Kafka: the number of a request in its reply, and the addresses of brokers, of which one plays all.</summary>
internal sealed class KafkaAdaptation() : NumberedAdaptation(requestAt: 8, replyAt: 4, size: 4, isKeyed: false)
{
    private const int HeadSize = 12;
    private const short Metadata = 3, FindCoordinator = 10, DescribeCluster = 60;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        ReadOnlyMemory<byte> numbered = base.Write(saying);
        if (saying.Occasion.Self == Side.Client || !saying.Message.IsWhole) return numbered;
        return Placed(numbered, saying.AskedThen, ServerNames.Address(saying.Occasion), saying.Occasion.LiveServer.Port);
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ReplyContent(ReadOnlyMemory<byte> reply, RecordedMessage? asked) =>
        Placed(Content(reply, Side.Server), asked, "broker", 0);

    // The reply with one place for every broker; as it is when it names none, or is not written as its version says.
    private static ReadOnlyMemory<byte> Placed(ReadOnlyMemory<byte> reply, RecordedMessage? asked, string host, int port)
    {
        if (asked is not { Bytes.Length: >= HeadSize }) return reply;
        short api = BinaryPrimitives.ReadInt16BigEndian(asked.Bytes.Span[4..]);
        short version = BinaryPrimitives.ReadInt16BigEndian(asked.Bytes.Span[6..]);
        return api is Metadata or FindCoordinator or DescribeCluster
            ? Placed(reply, api, version, Encoding.UTF8.GetBytes(host), port) ?? reply : reply;
    }

    private static ReadOnlyMemory<byte>? Placed(ReadOnlyMemory<byte> reply, short api, short version, byte[] host, int port)
    {
        bool isFlexible = version >= api switch { Metadata => 9, FindCoordinator => 3, _ => 0 };
        var copy = new KafkaCopy(reply, isFlexible);
        copy.Copy(8);
        copy.CopyTags();
        if (api == Metadata)
        {
            if (version >= 3) copy.Copy(4);
            for (long left = copy.CopyCount(); left > 0 && copy.Fits; left--) Broker();
        }
        else if (api == FindCoordinator) Coordinators();
        else
        {
            // Throttling, an error and its words, since version 1 the kind of endpoints, the cluster, its controller.
            copy.Copy(4 + 2);
            copy.CopyText();
            if (version >= 1) copy.Copy(1);
            copy.CopyText();
            copy.Copy(4);
            for (long left = copy.CopyCount(); left > 0 && copy.Fits; left--) Broker();
        }

        return copy.Complete();

        void Broker()
        {
            copy.Copy(4);
            Place();
            if (api == DescribeCluster || version >= 1) copy.CopyText();
            if (api == DescribeCluster && version >= 2) copy.Copy(1);
            copy.CopyTags();
        }

        void Coordinators()
        {
            if (version >= 1) copy.Copy(4);
            if (version < 4)
            {
                copy.Copy(2);
                if (version >= 1) copy.CopyText();
                copy.Copy(4);
                Place();
                return;
            }

            for (long left = copy.CopyCount(); left > 0 && copy.Fits; left--)
            {
                copy.CopyText();
                copy.Copy(4);
                Place();
                copy.Copy(2);
                copy.CopyText();
                copy.CopyTags();
            }
        }

        // One that is not there has an empty name.
        void Place()
        {
            if (!copy.ReplaceText(host)) copy.Copy(4);
            else copy.Replace(4, port);
        }
    }
}
