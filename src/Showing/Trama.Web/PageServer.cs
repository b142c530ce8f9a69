using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Page;
using Trama.Web.Serving;

namespace Trama.Web;

/// <summary>
/// Serves the page and what it asks for. Who asks for data shows the token, which is part of no address, cookie or log; requests under
/// another name or from another origin are refused.
/// </summary>
public sealed class PageServer : IAsyncDisposable
{
    /// <summary>How many requests are answered at a time; others wait.</summary>
    private const int MostAtOnce = 8;

    private const int MostConnections = 256;
    private const int MostStreams = 64;

    private readonly BrowsedCapture? _capture;
    private readonly IPageAnswers _answers;
    private readonly PageOptions _options;
    private readonly HttpHost _host;
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce), _streams = new(MostStreams);
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<AccessRules> _access = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Prepares that of a capture; nothing is open before <see cref="StartAsync"/>.</summary>
    public PageServer(BrowsedSource source, PageOptions options) : this(new BrowsingAnswers(source), options) =>
        _capture = source?.Capture;

    /// <summary>Prepares that of something else; nothing is open before <see cref="StartAsync"/>.</summary>
    public PageServer(IPageAnswers answers, PageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_answers, _options) = (answers, options);
        _host = new HttpHost(options.At, options.Certificates, MostConnections, AnswerAsync);
    }

    /// <summary>What a client has to show; different in each run.</summary>
    public AccessToken Token { get; } = new();

    /// <summary>The address of the page, without the token.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address or port is taken, or not of this machine.</exception>
    public async Task StartAsync()
    {
        await _host.StartAsync().ConfigureAwait(false);
        string scheme = _options.Certificates is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        Uri bound = new UriBuilder(_host.Addresses.First()) { Scheme = scheme }.Uri;
        IPAddress address = _options.At.Address;
        bool isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        Address = isAny ? new UriBuilder(bound) { Host = Dns.GetHostName() }.Uri : bound;
        _access.SetResult(new AccessRules(address, bound.Port, Token));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        (HttpRequest request, HttpResponse response) = (context.Request, context.Response);
        ResponseHeaders.Set(response);
        // A page of an earlier run may ask before it is known under which address this one listens.
        response.StatusCode = (await _access.Task.ConfigureAwait(false)).Check(request);
        if (response.StatusCode != StatusCodes.Status200OK) return;
        string path = request.Path.Value ?? "/";
        if (PageFiles.Find(path == "/" ? _answers.Home : path) is { } file)
        {
            response.ContentType = file.ContentType;
            response.ContentLength = file.Bytes.Length;
            if (!HttpMethods.IsHead(request.Method))
                await response.Body.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (!AccessRules.IsData(path))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _closing.Token);
        try
        {
            await AnswerDataAsync(path[AccessRules.DataPath.Length..], request, response, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the answer any more.
            context.Abort();
        }
    }

    private async Task AnswerDataAsync(string name, HttpRequest request, HttpResponse response, CancellationToken stop)
    {
        if (name == "changes")
        {
            if (!await _streams.WaitAsync(0, stop).ConfigureAwait(false))
            {
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            using var held = new Releasing(_streams);
            await new ChangeStream(_answers).WriteAsync(response, stop).ConfigureAwait(false);
            return;
        }

        await _atOnce.WaitAsync(stop).ConfigureAwait(false);
        using var place = new Releasing(_atOnce);
        var question = new Question(name,
            request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));
        var answer = new ArrayBufferWriter<byte>(4096);
        AnswerStatus status;
        if (name == "pcap" && _capture is { } capture)
        {
            string connection = request.Query["connection"].ToString();
            status = await Task.Run(() => PacketFile.Write(capture, connection, answer, stop), stop).ConfigureAwait(false);
            response.ContentType = "application/vnd.tcpdump.pcap";
        }
        else
        {
            status = await Task.Run(() => _answers.Answer(question, answer, stop), stop).ConfigureAwait(false);
            response.ContentType = "application/json";
        }

        response.StatusCode = status switch
        {
            AnswerStatus.Answered => StatusCodes.Status200OK,
            AnswerStatus.NotThere => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status400BadRequest,
        };
        response.ContentLength = answer.WrittenCount;
        await response.Body.WriteAsync(answer.WrittenMemory, stop).ConfigureAwait(false);
    }

    private readonly struct Releasing(SemaphoreSlim place) : IDisposable
    {
        public void Dispose() => place.Release();
    }
}
