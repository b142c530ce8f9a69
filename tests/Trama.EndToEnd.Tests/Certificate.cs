namespace Trama.EndToEnd.Tests;

/// <summary>Keys and certificates for servers of these tests.</summary>
internal static class Certificate
{
    /// <summary>Makes one for localhost that vouches for itself: <c>cert.pem</c> and <c>key.pem</c> in the folder.</summary>
    public static async Task MakeAsync(TemporaryFolder folder)
    {
        TramaProcess.Ended made = await TramaProcess.RunAsync(
            TestData.Program("openssl"),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                "-keyout", folder["key.pem"], "-out", folder["cert.pem"],
            ]);
        Assert.Equal(0, made.Code);
    }
}
