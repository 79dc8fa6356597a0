using Amazon.Runtime;
using Amazon.S3;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Blobs.S3;

/// <summary>How long the object store may take.</summary>
internal sealed record S3Patience
{
    /// <summary>Time to a connection: a store that is away shows soon.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time of one question about an object, with its repetitions.</summary>
    public TimeSpan Question { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time for one part of an upload, with its repetitions: 8 MiB at 1 Mbit/s and once again.</summary>
    public TimeSpan Part { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Time in which something of a download must come.</summary>
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a request is repeated that failed in a way that may pass.</summary>
    public int Repetitions { get; init; } = 2;
}

/// <summary>A bucket, as the settings name it, and the connections to it.</summary>
internal sealed class S3Place
{
    public S3Place(S3Settings settings, S3Patience patience)
    {
        (Settings, Patience) = (settings, patience);
        var config = new AmazonS3Config
        {
            ServiceURL = settings.Endpoint.Contains("://", StringComparison.Ordinal) ? settings.Endpoint : "https://" + settings.Endpoint,
            AuthenticationRegion = settings.Region,
            ForcePathStyle = settings.ForcePathStyle,
            MaxErrorRetry = patience.Repetitions,
            RetryMode = RequestRetryMode.Standard,
            HttpClientFactory = new Connections(patience),
        };
        Client = new AmazonS3Client(new BasicAWSCredentials(settings.AccessKey, settings.Secret), config);
    }

    public S3Settings Settings { get; }

    public S3Patience Patience { get; }

    /// <summary>Requests of this store; it ends with the last one who uses it.</summary>
    public IAmazonS3 Client { get; }

    public string Bucket => Settings.Bucket;

    /// <summary>Asks something within a time; gives null when the answer is that there is no such object. Throws a <see cref="BlobException"/> otherwise.</summary>
    public async Task<T?> AskAsync<T>(TimeSpan time, Func<CancellationToken, Task<T>> ask, CancellationToken stop)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(time);
        try
        {
            return await ask(limit.Token);
        }
        catch (AmazonS3Exception e) when (S3Errors.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested && S3Errors.Explain(e, this) is { } refused)
        {
            throw refused;
        }
    }

    /// <summary>The same where there is no object that could be missing.</summary>
    public async Task<T> DoAsync<T>(TimeSpan time, Func<CancellationToken, Task<T>> ask, CancellationToken stop)
        where T : class => await AskAsync(time, ask, stop) ?? throw new BlobException(BlobProblem.Unavailable, $"{this} says that what was just there is not there.");

    public override string ToString() => $"The bucket {Bucket} at {Settings.Endpoint}";

    // The client library's own connections have no limit of the time that connecting takes.
    private sealed class Connections(S3Patience patience) : HttpClientFactory
    {
        private readonly HttpClient client = new(new SocketsHttpHandler
        {
            ConnectTimeout = patience.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
        })
        {
            // Each request has a time of its own.
            Timeout = Timeout.InfiniteTimeSpan,
        };

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
