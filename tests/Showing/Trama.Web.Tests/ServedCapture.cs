using System.Net;
using System.Net.Http.Headers;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Tests.Browsing;

namespace Trama.Web.Tests;

/// <summary>A capture whose page is served, and a client of it.</summary>
internal sealed class ServedCapture : IAsyncDisposable
{
    private ServedCapture(PageServer server) => (Server, Client) = (server, new HttpClient { BaseAddress = server.Address });

    public PageServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>The address that a browser is given.</summary>
    public string Link => $"{Server.Address}#key={Server.Token.Secret}";

    public static async Task<ServedCapture> StartAsync(string path)
    {
        var source = new BrowsedSource(new BrowsedFile(path).Capture, [path], IsLive: false);
        var server = new PageServer(source, new PageOptions(new IPEndPoint(IPAddress.Loopback, 0)));
        await server.StartAsync();
        return new ServedCapture(server);
    }

    /// <summary>Asks with the token.</summary>
    public Task<HttpResponseMessage> AskAsync(string question, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/" + question);
        request.Headers.Add("Trama-Token", Server.Token.Secret);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
