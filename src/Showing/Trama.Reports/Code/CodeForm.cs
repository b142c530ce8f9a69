using System.Text;
using Trama.Framing;
using Trama.Framing.Http2.Fields;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>Writes what makes each exchange again: commands for a shell, or a program. Nothing of it was run.</summary>
public sealed class CodeForm : IForm, ITraceSink
{
    // Longer requests are told of, not written.
    private const int MostBytes = 256 << 10;

    private readonly FormSettings _settings;
    private readonly ICodeWriter _writer;
    private readonly RequestFields _fields = new();
    private long _omitted;

    /// <summary>Makes the form of the tongue that the settings' target names.</summary>
    public CodeForm(FormSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        bool withCredentials = settings.Credentials;
        _writer = Named(settings.Target ?? "") switch
        {
            CodeTongue.Httpie => new HttpieWriter(withCredentials),
            CodeTongue.Grpcurl => new GrpcurlWriter(withCredentials),
            CodeTongue.Psql => new PsqlWriter(withCredentials),
            CodeTongue.RedisCli => new RedisCliWriter(withCredentials),
            CodeTongue.CSharp => new CSharpWriter(withCredentials),
            _ => new CurlWriter(withCredentials),
        };
    }

    /// <summary>The names of the tongues, as the command line has them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["curl", "httpie", "grpcurl", "psql", "redis-cli", "csharp"];

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others.WithExchanges(headBytes: MostBytes).WithBodies();

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (from == Side.Client) _fields.Take(connection, isCarried: false, isWhole: true, bytes);
    }

    void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (from == Side.Client) _fields.Take(connection, isCarried: false, isWhole: false, []);
    }

    void ITraceSink.CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (from == Side.Client && piece.Protocol == "tls") _fields.Take(connection, isCarried: true, piece.Missing == 0, bytes);
    }

    void ITraceSink.ConnectionEnded(Connection connection) => _fields.End(connection);

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        IReadOnlyList<HeaderField> fields = _fields.Of(connection, exchange.Stream) ?? [];
        if (exchange.Request is not { MissingBytes: 0 } request) return;
        bool isCut = request.IsBodyHeadCut || request is { IsHeadCut: true, Body: null };
        if (isCut || _writer.Write(connection, exchange, fields) is not { } code)
        {
            _omitted++;
            return;
        }

        string operation = Ascii(VisibleText.Of(exchange.Operation.Span)), status = Ascii(VisibleText.Of(exchange.Status.Span));
        Write($"{_writer.Remark} {connection.Id}.{exchange.Index}: {operation}{(status.Length > 0 ? $" -> {status}" : "")}\n{code}\n\n");
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        if (_omitted > 0) _settings.Note(_settings.Text.Language.Pick(
            $"trama: {_omitted} exchanges cannot be said so: another protocol, no such argument, or only partly captured",
            $"trama: {_omitted} trocas não podem ser ditas assim: outro protocolo, argumento impossível ou captura parcial"));
    }

    private void Write(string text) => _settings.Output.Write(Encoding.UTF8.GetBytes(text));

    // Some languages end a line, and so a remark, with other characters too.
    private static string Ascii(string text) => string.Concat(text.Select(unit => unit is >= ' ' and <= '~' ? unit : '?'));

    private static CodeTongue Named(string name) => (CodeTongue)Math.Max(0, Names.ToList().IndexOf(name));
}
