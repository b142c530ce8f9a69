using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Trama.Rows.Spans;

/// <summary>
/// Sends batches of spans to a collector, one at a time (https://opentelemetry.io/docs/specs/otlp/#otlphttp). What waits is bounded: of
/// something that happens now, more is dropped and counted; of a file, more is waited for, as long as the collector takes anything.
/// </summary>
internal sealed class SpanExporter : IDisposable
{
    private const int WaitingBatches = 64;
    private const int Tries = 3;
    private const int LargestAnswer = 64 * 1024;

    private static readonly TimeSpan s_longestAnswer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(10);

    private readonly Channel<(byte[] Request, int Exchanges)> _waiting = Channel.CreateBounded<(byte[], int)>(WaitingBatches);
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _waits;
    private readonly Task _sending;
    private long _sent, _dropped, _rejected;
    private volatile bool _isAway;
    private volatile string _failure = "";

    /// <summary>Begins to send.</summary>
    /// <param name="address">Where the collector takes traces.</param>
    /// <param name="headers">What it wants to be told with each request.</param>
    /// <param name="waits">Whether more than can wait is waited for.</param>
    /// <param name="handler">Makes the connections; null for the usual ones.</param>
    public SpanExporter(Uri address, IReadOnlyDictionary<string, string> headers, bool waits, HttpMessageHandler? handler = null)
    {
        (_address, _waits) = (address, waits);
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = s_longestAnswer };
        foreach ((string name, string value) in headers) _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>What became of the exchanges so far.</summary>
    public SpanDelivery Delivery => new(
        Interlocked.Read(ref _sent), Interlocked.Read(ref _dropped), Interlocked.Read(ref _rejected), _failure);

    /// <summary>Sends a batch, or drops it.</summary>
    public void Send(byte[] request, int exchanges)
    {
        while (!_waiting.Writer.TryWrite((request, exchanges)))
        {
            if (!_waits || _isAway || !Waited())
            {
                Interlocked.Add(ref _dropped, exchanges);
                return;
            }
        }
    }

    /// <summary>Sends what waits, for ten seconds at most; what is left then is dropped.</summary>
    public void Complete()
    {
        _waiting.Writer.TryComplete();
        // Of a file, all of it is sent, as long as the collector takes it.
        while (!_sending.Wait(s_farewell) && _waits && !_isAway)
        {
            // The next ten seconds.
        }

        _stop.Cancel();
        _sending.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _stop.Cancel();
        _sending.Wait();
        _http.Dispose();
        _stop.Dispose();
    }

    private bool Waited()
    {
        ValueTask<bool> room = _waiting.Writer.WaitToWriteAsync();
        return room.IsCompleted ? room.Result : room.AsTask().GetAwaiter().GetResult();
    }

    private async Task SendAsync()
    {
        await foreach ((byte[] request, int exchanges) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            bool isTaken = false;
            // While it is away, each batch asks once whether it is back.
            for (int i = 0; i < (_isAway ? 1 : Tries) && !isTaken && !_stop.IsCancellationRequested; i++)
            {
                if (i > 0) await Task.Delay(s_firstPause * (1 << i), _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (await TrySendAsync(request).ConfigureAwait(false) is not { } taken) continue;
                isTaken = taken;
                break;
            }

            _isAway = !isTaken;
            Interlocked.Add(ref isTaken ? ref _sent : ref _dropped, exchanges);
        }
    }

    // Null when it is worth to try again.
    private async Task<bool?> TrySendAsync(byte[] request)
    {
        try
        {
            using var content = new ByteArrayContent(request);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using HttpResponseMessage response = await _http.PostAsync(_address, content, _stop.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(LargestAnswer, _stop.Token).ConfigureAwait(false);
                byte[] answer = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                Interlocked.Add(ref _rejected, PartialSuccess.Rejected(answer));
                return true;
            }

            _failure = $"HTTP {(int)response.StatusCode}";
            return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout ? null : false;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            _failure = error.Message;
            return null;
        }
    }
}
